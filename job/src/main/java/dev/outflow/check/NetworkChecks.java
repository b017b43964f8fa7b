package dev.outflow.check;

import static java.util.stream.Collectors.joining;

import dev.outflow.kafka.option.KafkaOptions;
import dev.outflow.option.InvalidOptionsException;
import dev.outflow.option.OptionProblem;
import java.net.InetAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/** Checks that the bootstrap servers can be reached: name, then port. */
record NetworkChecks(StepRunner steps) {

  /** Returns the servers that accept connections; none if the steps have failed. */
  List<BrokerAddress> run(Supplier<List<BrokerAddress>> bootstrapServers) {
    List<BrokerAddress> resolved =
        steps.run(CheckStep.DNS, () -> resolve(bootstrapServers.get())).orElse(List.of());
    return steps.run(CheckStep.TCP, () -> connect(resolved)).orElse(List.of());
  }

  private StepResult<List<BrokerAddress>> resolve(List<BrokerAddress> brokers)
      throws InterruptedException {
    PartialResults<BrokerAddress, String> resolved =
        steps.askAll(CheckStep.DNS, brokers, NetworkChecks::addresses);
    return result(
        resolved,
        resolved.results().values().stream().distinct().collect(joining("; ")),
        NetworkChecks::explainDns);
  }

  private static String addresses(BrokerAddress broker) throws UnknownHostException {
    String addresses =
        Arrays.stream(InetAddress.getAllByName(broker.host()))
            .map(InetAddress::getHostAddress)
            .distinct()
            .collect(joining(", "));
    return addresses.equals(broker.host())
        ? addresses + " is an IP address"
        : broker.host() + " resolves to " + addresses;
  }

  private StepResult<List<BrokerAddress>> connect(List<BrokerAddress> brokers)
      throws InterruptedException {
    PartialResults<BrokerAddress, BrokerAddress> connected =
        steps.askAll(
            CheckStep.TCP,
            brokers,
            broker -> {
              try (Socket socket = broker.connect()) {
                return broker;
              }
            });
    return result(
        connected,
        connected.results().keySet().stream()
            .map(BrokerAddress::toString)
            .collect(joining(", ", "connected to ", "")),
        BrokerAddress::explain);
  }

  private static String explainDns(BrokerAddress broker, Exception failure) {
    return failure instanceof UnknownHostException
        ? broker.explain(failure)
        : "resolving host '%s' timed out; check this machine's DNS".formatted(broker.host());
  }

  /** Succeeds if one server does: that is all a client needs to begin with. */
  private static <T> StepResult<List<BrokerAddress>> result(
      PartialResults<BrokerAddress, T> results,
      String success,
      BiFunction<BrokerAddress, Exception, String> explanation) {
    List<String> failures =
        results.failures().entrySet().stream()
            .map(failure -> explanation.apply(failure.getKey(), failure.getValue()))
            .distinct()
            .toList();
    String property = KafkaOptions.BOOTSTRAP_SERVERS.key();
    if (results.results().isEmpty()) {
      throw new InvalidOptionsException(
          failures.stream().map(message -> new OptionProblem(property, message)).toList());
    }
    List<BrokerAddress> brokers = List.copyOf(results.results().keySet());
    return failures.isEmpty()
        ? StepResult.ok(brokers, success)
        : StepResult.warning(
            brokers, property, "%s, but %s".formatted(success, String.join("; ", failures)));
  }
}

package dev.outflow.check;

import static java.util.stream.Collectors.joining;

import dev.outflow.kafka.option.KafkaOptions;
import dev.outflow.option.InvalidOptionsException;
import dev.outflow.option.OptionProblem;
import java.net.InetAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/** Whether the brokers that the definition names can be reached: name, then port. */
record NetworkSteps(Steps steps) {
  private static final Duration DNS = Duration.ofSeconds(8);
  private static final Duration TCP = Duration.ofSeconds(8);

  /**
   * Those that can be reached; none if the steps have failed.
   *
   * @param needs steps that tell which they are
   */
  List<BrokerAddress> run(Supplier<List<BrokerAddress>> servers, String... needs) {
    List<BrokerAddress> named =
        steps.ask("dns", DNS, () -> names(servers.get()), needs).orElse(List.of());
    return steps.ask("tcp", TCP, () -> reach(named), "dns").orElse(List.of());
  }

  private StepResult<List<BrokerAddress>> names(List<BrokerAddress> servers)
      throws InterruptedException {
    Results<BrokerAddress, String> replies =
        steps.patience().ofEach(servers, DNS.minusMillis(200), NetworkSteps::addresses);
    return answer(
        replies,
        replies.answers().values().stream().distinct().collect(joining("; ")),
        NetworkSteps::nameless);
  }

  private static String addresses(BrokerAddress server) throws UnknownHostException {
    String addresses =
        Arrays.stream(InetAddress.getAllByName(server.host()))
            .map(InetAddress::getHostAddress)
            .distinct()
            .collect(joining(", "));
    return addresses.equals(server.host())
        ? addresses + " is an address"
        : server.host() + " is " + addresses;
  }

  private StepResult<List<BrokerAddress>> reach(List<BrokerAddress> servers)
      throws InterruptedException {
    Results<BrokerAddress, BrokerAddress> replies =
        steps
            .patience()
            .ofEach(
                servers,
                TCP.minusMillis(200),
                server -> {
                  try (Socket connected = server.connect()) {
                    return server;
                  }
                });
    return answer(
        replies,
        replies.answers().keySet().stream()
            .map(BrokerAddress::toString)
            .collect(joining(", ", "", " accepted a connection")),
        BrokerAddress::refusal);
  }

  private static String nameless(BrokerAddress server, Exception failure) {
    return failure instanceof UnknownHostException
        ? server.refusal(failure)
        : "the name '%s' is not resolved in time; does this machine's DNS answer?"
            .formatted(server.host());
  }

  /** One that is well is enough for a client to begin with. */
  private static <T> StepResult<List<BrokerAddress>> answer(
      Results<BrokerAddress, T> replies,
      String well,
      BiFunction<BrokerAddress, Exception, String> refusal) {
    List<String> refusals =
        replies.failures().entrySet().stream()
            .map(it -> refusal.apply(it.getKey(), it.getValue()))
            .toList();
    String property = KafkaOptions.BOOTSTRAP_SERVERS.key();
    if (replies.answers().isEmpty()) {
      throw new InvalidOptionsException(
          refusals.stream().distinct().map(it -> new OptionProblem(property, it)).toList());
    }
    List<BrokerAddress> servers = List.copyOf(replies.answers().keySet());
    return refusals.isEmpty()
        ? StepResult.ok(servers, well)
        : StepResult.warning(
            servers, property, "%s; but %s".formatted(well, String.join("; ", refusals)));
  }
}

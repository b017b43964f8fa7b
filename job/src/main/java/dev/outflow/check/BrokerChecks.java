package dev.outflow.check;

import static java.util.stream.Collectors.joining;
import static org.apache.kafka.common.config.SaslConfigs.SASL_MECHANISM;

import dev.outflow.kafka.TopicCheck;
import dev.outflow.kafka.option.KafkaOptions;
import dev.outflow.option.InvalidOptionsException;
import dev.outflow.option.OptionProblem;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.errors.TimeoutException;

/** Checks authentication and the cluster behind the bootstrap servers. */
record BrokerChecks(StepRunner steps, Map<String, String> clientProperties) {
  /** Less than the steps' limits, so that Kafka's own reason is reported. */
  private static final Duration REQUEST_TIMEOUT = CheckStep.BROKER.limit().minusSeconds(3);

  /** Returns an authenticated client, which the caller closes; empty if the steps have failed. */
  Optional<Admin> run(boolean sasl) {
    Optional<Admin> authenticated =
        sasl ? steps.run(CheckStep.SASL, this::authenticate) : Optional.empty();
    Optional<Admin> client =
        steps.run(CheckStep.BROKER, () -> cluster(sasl ? authenticated.orElseThrow() : open()));
    steps.run(CheckStep.ADVERTISED, () -> advertised(client.orElseThrow()));
    return client;
  }

  private Admin open() {
    return TopicCheck.admin(steps.connection(), REQUEST_TIMEOUT);
  }

  private StepResult<Admin> authenticate() throws ExecutionException, InterruptedException {
    return ask(
        open(),
        admin -> {
          admin.describeCluster().clusterId().get();
          return StepResult.ok(
              admin,
              "authenticated (%s)"
                  .formatted(clientProperties.getOrDefault(SASL_MECHANISM, "GSSAPI")));
        });
  }

  private StepResult<Admin> cluster(Admin opened) throws ExecutionException, InterruptedException {
    return ask(
        opened,
        admin -> {
          int brokers = admin.describeCluster().nodes().get().size();
          return StepResult.ok(
              admin,
              "cluster %s, %d broker%s"
                  .formatted(
                      admin.describeCluster().clusterId().get(), brokers, brokers == 1 ? "" : "s"));
        });
  }

  private interface Question {
    StepResult<Admin> ask(Admin admin) throws ExecutionException, InterruptedException;
  }

  /** Closes the client if there is no answer. */
  private StepResult<Admin> ask(Admin admin, Question question)
      throws ExecutionException, InterruptedException {
    try {
      return question.ask(admin);
    } catch (ExecutionException e) {
      admin.close(Duration.ZERO);
      if (e.getCause() instanceof TimeoutException) {
        throw noAnswer();
      }
      throw e;
    } catch (InterruptedException e) {
      admin.close(Duration.ZERO);
      throw e;
    }
  }

  /** Explains a timeout: a client continues with the brokers that the first one names. */
  private InvalidOptionsException noAnswer() {
    return InvalidOptionsException.of(
        KafkaOptions.BOOTSTRAP_SERVERS.key(),
        "%s is a Kafka broker but does not answer client requests: either its 'advertised.listeners' cannot be reached from here, or the port is for another 'security-protocol'"
            .formatted(steps.connection().bootstrapServers()));
  }

  private StepResult<Boolean> advertised(Admin admin)
      throws ExecutionException, InterruptedException {
    List<BrokerAddress> brokers =
        admin.describeCluster().nodes().get().stream()
            .map(node -> new BrokerAddress(node.host(), node.port()))
            .toList();
    PartialResults<BrokerAddress, Boolean> connected =
        steps.askAll(
            CheckStep.ADVERTISED,
            brokers,
            broker -> {
              try (Socket socket = broker.connect()) {
                return socket.isConnected();
              }
            });
    if (!connected.failures().isEmpty()) {
      throw new InvalidOptionsException(
          connected.failures().entrySet().stream()
              .map(
                  failure ->
                      new OptionProblem(
                          KafkaOptions.BOOTSTRAP_SERVERS.key(),
                          "the cluster advertises %s, but %s; or correct 'advertised.listeners' on the broker"
                              .formatted(
                                  failure.getKey(), failure.getKey().explain(failure.getValue()))))
              .toList());
    }
    return StepResult.ok(
        true,
        brokers.stream().map(BrokerAddress::toString).collect(joining(", ", "connected to ", "")));
  }
}

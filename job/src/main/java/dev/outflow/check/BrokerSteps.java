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
import org.apache.kafka.clients.admin.FinalizedVersionRange;
import org.apache.kafka.common.errors.TimeoutException;

/** What the cluster says to the client that it has let in. */
record BrokerSteps(Steps steps, Map<String, String> clientProperties) {
  static final Duration WAIT = Duration.ofSeconds(12);
  private static final Duration ANSWER = WAIT.minusSeconds(3);
  private static final Duration TCP = Duration.ofSeconds(8);

  /** A client that is in; empty if the steps have failed. The caller closes it. */
  Optional<Admin> run(ApiVersions versions, boolean sasl) {
    String[] needs = {"kafka", "secrets", "identity"};
    Optional<Admin> loggedIn =
        sasl ? steps.ask("sasl", WAIT, this::login, needs) : Optional.empty();
    Optional<Admin> in =
        steps.ask(
            "broker",
            WAIT,
            () -> broker(sasl ? loggedIn.orElseThrow() : open(), versions),
            sasl ? new String[] {"sasl"} : needs);
    steps.ask("advertised", WAIT, () -> advertised(in.orElseThrow()), "broker");
    return in;
  }

  private Admin open() {
    return TopicCheck.admin(steps.connection(), ANSWER);
  }

  private StepResult<Admin> login() throws ExecutionException, InterruptedException {
    return asked(
        open(),
        admin -> {
          admin.describeCluster().clusterId().get();
          return StepResult.ok(
              admin,
              "in, by %s".formatted(clientProperties.getOrDefault(SASL_MECHANISM, "GSSAPI")));
        });
  }

  private StepResult<Admin> broker(Admin opened, ApiVersions versions)
      throws ExecutionException, InterruptedException {
    return asked(
        opened,
        admin -> {
          int brokers = admin.describeCluster().nodes().get().size();
          return StepResult.ok(
              admin,
              "Kafka %s, cluster %s, %d broker%s"
                  .formatted(
                      release(admin, versions),
                      admin.describeCluster().clusterId().get(),
                      brokers,
                      brokers == 1 ? "" : "s"));
        });
  }

  private static String release(Admin admin, ApiVersions versions)
      throws ExecutionException, InterruptedException {
    FinalizedVersionRange metadata =
        admin
            .describeFeatures()
            .featureMetadata()
            .get()
            .finalizedFeatures()
            .get(MetadataVersion.FEATURE);
    return metadata == null
        ? versions.release().map(it -> it + " or newer").orElse("of unknown version")
        : MetadataVersion.release(metadata.maxVersionLevel());
  }

  private interface Question {
    StepResult<Admin> ask(Admin admin) throws ExecutionException, InterruptedException;
  }

  /** Closes the client if there is no answer. */
  private StepResult<Admin> asked(Admin admin, Question question)
      throws ExecutionException, InterruptedException {
    try {
      return question.ask(admin);
    } catch (ExecutionException e) {
      admin.close(Duration.ZERO);
      if (e.getCause() instanceof TimeoutException) {
        throw silent();
      }
      throw e;
    } catch (InterruptedException e) {
      admin.close(Duration.ZERO);
      throw e;
    }
  }

  /** A client asks those whom the first broker names. */
  private InvalidOptionsException silent() {
    return InvalidOptionsException.of(
        KafkaOptions.BOOTSTRAP_SERVERS.key(),
        "%s is a Kafka broker, but gives a client no answer: either the addresses that it sends clients to (its 'advertised.listeners') cannot be reached from here, or the port is for another 'security-protocol'"
            .formatted(steps.connection().bootstrapServers()));
  }

  /** Clients begin with the bootstrap servers and go on with what these advertise. */
  private StepResult<Boolean> advertised(Admin admin)
      throws ExecutionException, InterruptedException {
    List<BrokerAddress> servers =
        admin.describeCluster().nodes().get().stream()
            .map(node -> new BrokerAddress(node.host(), node.port()))
            .toList();
    Results<BrokerAddress, Boolean> replies =
        steps
            .patience()
            .ofEach(
                servers,
                TCP,
                server -> {
                  try (Socket connected = server.connect()) {
                    return connected.isConnected();
                  }
                });
    if (!replies.failures().isEmpty()) {
      throw new InvalidOptionsException(
          replies.failures().entrySet().stream()
              .map(
                  it ->
                      new OptionProblem(
                          KafkaOptions.BOOTSTRAP_SERVERS.key(),
                          "the cluster sends its clients to %s, but %s; or correct the broker's 'advertised.listeners'"
                              .formatted(it.getKey(), it.getKey().refusal(it.getValue()))))
              .toList());
    }
    return StepResult.ok(
        true,
        "%s can be reached"
            .formatted(servers.stream().map(BrokerAddress::toString).collect(joining(", "))));
  }
}

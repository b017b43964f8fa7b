package dev.outflow.check;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import dev.outflow.compose.ComposedJob;
import dev.outflow.definition.InvalidDefinitionException;
import dev.outflow.embedded.BrokerShape;
import dev.outflow.embedded.FakeBroker;
import dev.outflow.job.Definitions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.utils.AppInfoParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Holds every line of {@code ./outflow check}, and what is reported before a start, against brokers
 * of each shape. The expected reports are in {@code broker-shapes}; {@code -Dreference.write}
 * writes them.
 */
class BrokerShapesTest {
  private static final Path REPORTS = Path.of("src/test/resources/broker-shapes");
  private static final Map<String, String> SETTINGS =
      Map.of(
          "cleanup.policy", "delete",
          "retention.ms", "604800000",
          "min.insync.replicas", "1",
          "max.message.bytes", "1048588",
          "message.timestamp.type", "CreateTime",
          "compression.type", "producer");

  @TempDir private Path folder;

  @ParameterizedTest
  @MethodSource("dev.outflow.embedded.BrokerShape#all")
  void claimsOnlyWhatTheBrokersReport(BrokerShape shape) throws Exception {
    try (FakeBroker broker = FakeBroker.start(shape)) {
      boolean reportsSettings = !shape.name().startsWith("Event Hubs");
      broker.topic("orders", 2, reportsSettings ? SETTINGS : Map.of());
      broker.topic("dead", 1, reportsSettings ? SETTINGS : Map.of());
      Path expected =
          REPORTS.resolve(shape.name().toLowerCase(Locale.ROOT).replace(' ', '-') + ".txt");
      String report = reports(broker);
      if (System.getProperty("reference.write") != null) {
        Files.createDirectories(REPORTS);
        Files.writeString(expected, report);
      }
      assertThat(report).isEqualTo(Files.readString(expected));
    }
  }

  private String reports(FakeBroker broker) throws Exception {
    String[] deadLetters = {"on-error", "dead-letter", "dead-letter-topic", "dead"};
    return section("exactly-once, lz4", broker, output(broker, "compression-type", "lz4"))
        + section(
            "at-least-once, zstd",
            broker,
            output(broker, "compression-type", "zstd", "delivery-guarantee", "at-least-once"))
        + section("input with dead letters", broker, input(broker, deadLetters))
        + "before a start\n"
        + masked(broker, beforeStart(job(broker, "delivery-guarantee: exactly-once")));
  }

  private static String section(String title, FakeBroker broker, RecordedCheck check) {
    return check.all().stream()
        .map(
            step ->
                "  %s  %s%s: %s\n"
                    .formatted(
                        step.outcome(),
                        step.step(),
                        step.property().isEmpty() ? "" : "  " + step.property(),
                        masked(broker, step.answer())))
        .collect(joining("", title + "\n", "\n"));
  }

  private static String masked(FakeBroker broker, String text) {
    return text.replace(broker.bootstrapServers(), "BROKER");
  }

  private static String beforeStart(ComposedJob job) {
    try {
      return "  starts: %s\n"
          .formatted(PreflightCheck.run(job).transactions().keySet().stream().sorted().toList());
    } catch (InvalidDefinitionException e) {
      return e.problems().stream()
          .map(problem -> "  %s: %s\n".formatted(problem.property(), problem.message()))
          .collect(joining());
    }
  }

  @Test
  void reportsBrokerThatResetsTheClientWithinSeconds() throws Exception {
    try (FakeBroker broker = FakeBroker.start(BrokerShape.eventHubs()).resetApiVersions4()) {
      broker.topic("orders", 1);
      Instant begin = Instant.now();
      String expected =
          "%s answers ApiVersions 0, but closes connections that begin with ApiVersions %d, as those of kafka-clients %s do; submit outflow-legacy.jar instead, whose client begins with an earlier version (see docs/brokers.md)"
              .formatted(
                  broker.bootstrapServers(), ApiVersions.OF_CLIENT, AppInfoParser.getVersion());

      output(broker).assertFailed(CheckStep.KAFKA, "bootstrap-servers", expected);
      assertThat(beforeStart(job(broker, "delivery-guarantee: at-least-once")))
          .isEqualTo(
              "  inputs.orders.bootstrap-servers: %s\n  outputs.copy.bootstrap-servers: %s\n"
                  .formatted(expected, expected));
      assertThat(Duration.between(begin, Instant.now())).isLessThan(Duration.ofSeconds(20));
    }
  }

  @Test
  void takesRefusedSettingsForUnknown() throws Exception {
    for (Errors error :
        List.of(Errors.INVALID_REQUEST, Errors.UNKNOWN_SERVER_ERROR, Errors.INVALID_CONFIG)) {
      try (FakeBroker broker =
          FakeBroker.start(BrokerShape.eventHubsPremium()).refuseSettings(error)) {
        broker.topic("orders", 1);

        RecordedCheck check = output(broker);

        assertThat(check.steps(Outcome.FAILED)).as(check.toString()).isEmpty();
        assertThat(check.step(CheckStep.SETTINGS).answer())
            .isEqualTo("unknown: the brokers did not report them: " + error.message());
        assertThat(check.step(CheckStep.REPLICAS).answer())
            .isEqualTo("not tried: settings unknown");
        assertThat(check.step(CheckStep.DOWNTIME).answer())
            .contains("transaction timeout 900 s, assuming the broker's default maximum,")
            .endsWith(
                "transaction.max.timeout.ms is unknown: the brokers did not report them: "
                    + error.message());
      }
    }
  }

  @Test
  void takesSettingsThatAreNotNumbersForUnknown() throws Exception {
    try (FakeBroker broker = FakeBroker.start(BrokerShape.eventHubs())) {
      broker.topic(
          "orders", 1, Map.of("min.insync.replicas", "n/a", "max.message.bytes", "1048576.0"));

      RecordedCheck check = output(broker, "delivery-guarantee", "at-least-once");

      assertThat(check.steps(Outcome.FAILED)).as(check.toString()).isEmpty();
      assertThat(check.step(CheckStep.REPLICAS).answer())
          .isEqualTo("unknown: the brokers do not report min.insync.replicas");
      assertThat(check.step(CheckStep.RECORD_SIZE).answer())
          .isEqualTo(
              "unknown: up to 1048576 bytes (max.request.size); the brokers do not report max.message.bytes");
    }
  }

  /** Kafka's client lists all topics instead of asking for one with permissions. */
  @Test
  void findsTopicThatTheBrokersDoNotList() throws Exception {
    try (FakeBroker broker = FakeBroker.start(BrokerShape.eventHubs()).hideTopics()) {
      broker.topic("orders", 3);

      assertThat(
              output(broker, "delivery-guarantee", "at-least-once").step(CheckStep.TOPIC).answer())
          .isEqualTo("'orders' has 3 partitions, replication factor 1");
      output(broker, "delivery-guarantee", "at-least-once", "topic", "absent")
          .assertFailed(CheckStep.TOPIC, "topic", "topic 'absent' does not exist on localhost:");
    }
  }

  private static RecordedCheck output(FakeBroker broker, String... changes) throws Exception {
    return RecordedCheck.output(options(broker), changes);
  }

  private static RecordedCheck input(FakeBroker broker, String... changes) throws Exception {
    return RecordedCheck.input(options(broker), changes);
  }

  private static Map<String, String> options(FakeBroker broker) {
    return new HashMap<>(
        Map.of(
            "bootstrap-servers", broker.bootstrapServers(), "topic", "orders", "format", "json"));
  }

  private ComposedJob job(FakeBroker broker, String guarantee) throws IOException {
    return Definitions.compose(
        Definitions.read(
            folder,
            """
            name: shapes
            inputs:
              orders:
                { connector: kafka, bootstrap-servers: '%1$s', topic: orders, format: json, columns: { n: INT } }
            queries: { copy: SELECT n FROM orders }
            outputs:
              copy: { bootstrap-servers: '%1$s', topic: orders, format: json, %2$s }
            """
                .formatted(broker.bootstrapServers(), guarantee)));
  }
}

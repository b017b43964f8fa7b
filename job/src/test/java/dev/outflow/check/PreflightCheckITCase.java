package dev.outflow.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.outflow.compose.ComposedJob;
import dev.outflow.definition.InvalidDefinitionException;
import dev.outflow.definition.Problem;
import dev.outflow.embedded.EmbeddedKafka;
import dev.outflow.embedded.KafkaExtension;
import dev.outflow.embedded.TestTopic;
import dev.outflow.job.Definitions;
import dev.outflow.kafka.transaction.TransactionTimeout;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(KafkaExtension.class)
class PreflightCheckITCase {
  private final EmbeddedKafka kafka;
  @TempDir private Path folder;

  PreflightCheckITCase(EmbeddedKafka kafka) {
    this.kafka = kafka;
  }

  @Test
  void returnsTransactionTimeoutsOfOutputsAndOfInputsDeadLetters() throws Exception {
    String topic = TestTopic.create(kafka, 1).name();
    String deadLetters = TestTopic.create(kafka, 1).name();

    Map<String, TransactionTimeout> timeouts =
        PreflightCheck.run(
                job(
                    input(topic, ", on-error: dead-letter, dead-letter-topic: " + deadLetters),
                    output(topic, ""),
                    output(topic, ", delivery-guarantee: at-least-once")))
            .transactions();

    assertThat(timeouts).containsOnlyKeys("one", "numbers dead letters");
    assertThat(timeouts.values())
        .allMatch(timeout -> timeout.brokerMaximum().equals(Optional.of(Duration.ofMinutes(15))));
  }

  @Test
  void reportsAllProblemsAtTheirLocations() throws Exception {
    String topic = TestTopic.create(kafka, 1).name();
    ComposedJob job =
        job(
            input("absent", ", on-error: dead-letter, dead-letter-topic: nowhere"),
            output(topic, ", kafka.transaction.timeout.ms: 3600000"),
            output("absent", ""));

    assertThat(problems(job))
        .extracting(Problem::property)
        .containsExactly(
            "inputs.numbers.topic",
            "inputs.numbers.dead-letter-topic",
            "outputs.one.kafka.transaction.timeout.ms",
            "outputs.other.topic");
    assertThatThrownBy(() -> PreflightCheck.run(job))
        .hasMessageContaining("job.yaml:3:")
        .hasMessageContaining("job.yaml:6:")
        .hasMessageContaining("job.yaml:7:");
  }

  @Test
  void reportsAFailedConnectionForEachTableThatUsesIt() throws Exception {
    String here = kafka.bootstrapServers();
    String nobody = "127.0.0.1:1";
    ComposedJob job =
        job(
            input("t", "").replace(here, nobody),
            output("t", "").replace(here, nobody),
            output("t", "").replace(here, nobody));

    List<Problem> problems = problems(job);

    assertThat(problems)
        .extracting(Problem::property)
        .containsExactly(
            "inputs.numbers.bootstrap-servers",
            "outputs.one.bootstrap-servers",
            "outputs.other.bootstrap-servers");
    assertThat(problems)
        .allMatch(problem -> problem.message().startsWith(nobody + " refused the connection"));
  }

  @Test
  void acceptsWhatMayPassByItselfAndWhatIsOnlyAWarning() throws Exception {
    String topic = TestTopic.create(kafka, 1).name();
    String understaffed = topic + "-understaffed";
    try (Admin admin = kafka.admin()) {
      admin
          .createTopics(
              List.of(
                  new NewTopic(understaffed, Optional.of(1), Optional.empty())
                      .configs(
                          Map.of(
                              "min.insync.replicas", "2",
                              "max.message.bytes", "1000",
                              "compression.type", "gzip",
                              "message.timestamp.type", "LogAppendTime"))))
          .all()
          .get();
    }

    assertThat(
            PreflightCheck.run(job(input(topic, ""), output(understaffed, ""), output(topic, "")))
                .transactions())
        .containsOnlyKeys("one", "other");
  }

  @Test
  void givesUpOnASilentBroker() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      String here = kafka.bootstrapServers();
      String nobody = "localhost:" + silent.getLocalPort();
      ComposedJob job =
          job(
              input("t", "").replace(here, nobody),
              output("t", "").replace(here, nobody),
              output("t", "").replace(here, nobody));
      Instant begin = Instant.now();

      assertThat(problems(job))
          .hasSize(3)
          .allMatch(problem -> problem.message().contains("does not respond"));
      assertThat(Duration.between(begin, Instant.now())).isLessThan(Duration.ofSeconds(20));
    }
  }

  private static List<Problem> problems(ComposedJob job) {
    return catchThrowableOfType(InvalidDefinitionException.class, () -> PreflightCheck.run(job))
        .problems();
  }

  private ComposedJob job(String input, String one, String other) throws IOException {
    return Definitions.compose(
        Definitions.read(
            folder,
            """
            name: preflight
            inputs:
              numbers: %s
            queries: { one: SELECT n FROM numbers, other: SELECT n FROM numbers }
            outputs:
              one: %s
              other: %s
            """
                .formatted(input, one, other)));
  }

  private String input(String topic, String more) {
    return output(topic, ", connector: kafka, columns: { n: INT }" + more);
  }

  private String output(String topic, String more) {
    return "{ bootstrap-servers: '%s', topic: %s, format: json%s }"
        .formatted(kafka.bootstrapServers(), topic, more);
  }
}

package dev.outflow.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import dev.outflow.compose.ComposedJob;
import dev.outflow.definition.InvalidDefinitionException;
import dev.outflow.definition.Problem;
import dev.outflow.embedded.OldKafka;
import dev.outflow.job.Definitions;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an old broker lacks is reported before the start: without that, the job waits forever. */
class OldBrokerChecksITCase {
  @TempDir private Path folder;

  @Test
  void rejects010ForInputsAndOutputs() throws Exception {
    try (OldKafka kafka = OldKafka.start("0.10.2.2")) {
      String problem =
          "%s does not support the requests of kafka-clients 4.2.0 (Produce 3-13, broker: 0-2): it is older than Kafka 0.11; upgrade it, or submit outflow-legacy.jar instead (see docs/brokers.md)"
              .formatted(kafka.bootstrapServers());

      assertThat(problems(job(kafka.bootstrapServers(), "in", "out", "lz4")))
          .extracting(Problem::property, Problem::message)
          .containsExactly(
              tuple("inputs.numbers.bootstrap-servers", problem),
              tuple("outputs.copies.bootstrap-servers", problem));

      RecordedCheck check =
          RecordedCheck.output(
              Map.of(
                  "bootstrap-servers", kafka.bootstrapServers(), "topic", "t", "format", "json"));
      check.assertFailed(CheckStep.KAFKA, "bootstrap-servers", problem);
      assertThat(check.step(CheckStep.TOPIC).outcome()).isEqualTo(Outcome.NOT_TRIED);
    }
  }

  @Test
  void rejectsZstdBefore21AndAcceptsExactlyOnce() throws Exception {
    try (OldKafka kafka = OldKafka.start("2.0.1")) {
      String topic = kafka.topic(1).name();

      assertThat(problems(job(kafka.bootstrapServers(), topic, topic, "zstd")))
          .extracting(Problem::property, Problem::message)
          .containsExactly(
              tuple(
                  "outputs.copies.compression-type",
                  "zstd requires Kafka 2.1 or later, and these brokers are older; use lz4"));
      assertThat(
              PreflightCheck.run(job(kafka.bootstrapServers(), topic, topic, "lz4")).transactions())
          .containsOnlyKeys("copies");
    }
  }

  @Test
  void accepts011ThoughItDoesNotTellItsSettings() throws Exception {
    try (OldKafka kafka = OldKafka.start("0.11.0.3")) {
      String topic = kafka.topic(1).name();

      assertThat(
              PreflightCheck.run(job(kafka.bootstrapServers(), topic, topic, "lz4")).transactions())
          .containsOnlyKeys("copies");
      RecordedCheck check =
          RecordedCheck.output(
              Map.of(
                  "bootstrap-servers", kafka.bootstrapServers(), "topic", topic, "format", "json"));
      assertThat(check.steps(Outcome.FAILED)).as(check.toString()).isEmpty();
      assertThat(check.step(CheckStep.SETTINGS).answer())
          .isEqualTo(
              "unknown: these brokers do not report settings, which requires Kafka 1.1 or later");
    }
  }

  private static List<Problem> problems(ComposedJob job) {
    return catchThrowableOfType(InvalidDefinitionException.class, () -> PreflightCheck.run(job))
        .problems();
  }

  private ComposedJob job(String servers, String from, String to, String codec) throws Exception {
    return Definitions.compose(
        Definitions.read(
            folder,
            """
            name: old
            inputs:
              numbers: { connector: kafka, bootstrap-servers: '%1$s', topic: %2$s, format: json, columns: { n: INT } }
            queries: { copies: SELECT n FROM numbers }
            outputs:
              copies: { bootstrap-servers: '%1$s', topic: %3$s, format: json, compression-type: %4$s }
            """
                .formatted(servers, from, to, codec)));
  }
}

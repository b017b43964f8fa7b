package dev.outflow.job;

import static dev.outflow.job.RestorableJob.awaitLines;
import static dev.outflow.job.RestorableJob.fromSavepoint;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.outflow.definition.InvalidDefinitionException;
import dev.outflow.embedded.EmbeddedKafka;
import dev.outflow.embedded.KafkaExtension;
import dev.outflow.embedded.TestTopic;
import java.nio.file.Path;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Rejects a savepoint with state that the changed job does not use, unless it may be dropped. */
@ExtendWith(KafkaExtension.class)
class UnmappedStateITCase {
  @RegisterExtension static final MiniClusterExtension FLINK = RestorableJob.cluster();

  private final RestorableJob job;

  UnmappedStateITCase(EmbeddedKafka kafka, @TempDir Path folder) throws Exception {
    job = new RestorableJob(kafka, folder);
  }

  @AfterEach
  void cancel() {
    job.cancel();
  }

  @Test
  void rejectsAnotherInputTopicInsteadOfReusingTheOldOffsets() throws Exception {
    TestTopic other = TestTopic.create(job.kafka(), 2);
    assertRejected(
        job.yaml(), job.yaml().replace("topic: " + job.input().name(), "topic: " + other.name()));
  }

  @Test
  void rejectsAnotherAggregateInsteadOfReusingTheOldState() throws Exception {
    assertRejected(job.yaml(), job.yaml().replace("SUM(amount) AS total", "MAX(amount) AS total"));
  }

  @Test
  void rejectsAnotherKeyInsteadOfReusingTheRowsOfTheOldOne() throws Exception {
    String yaml =
        job.yaml()
            .replace(
                "FROM orders WHERE amount > 0",
                "FROM orders GROUP BY city, amount HAVING COUNT(*) > 0")
            .replaceFirst(
                "format: csv }",
                "format: csv, mode: upsert, partition-key: city, on-conflict: deduplicate }");
    assertRejected(yaml, yaml.replace("partition-key: city", "partition-key: amount"));
  }

  @Test
  void rejectsUnmappedOrderingState() throws Exception {
    String yaml =
        job.yaml().replace("{ column: placed_at }", "{ column: placed_at, policy: adjust }");
    assertRejected(yaml, yaml.replace(", policy: adjust", ""));
  }

  @Test
  void startsWithEmptyStateIfUnmappedStateMayBeDropped() throws Exception {
    String savepoint = job.runAndStop(job.yaml());
    job.start(
        fromSavepoint(savepoint, job.yaml().replace("SUM(amount) AS total", "MAX(amount) AS total"))
            + "  execution.state-recovery.ignore-unclaimed-state: true\n");
    job.send("Bern,3,2020-11-20 10:30:00Z");
    job.closeWindow();

    awaitLines(job.counts(), "Bern,3");
  }

  private void assertRejected(String yaml, String changed) throws Exception {
    String savepoint = job.runAndStop(yaml);

    assertThatExceptionOfType(InvalidDefinitionException.class)
        .isThrownBy(() -> job.start(fromSavepoint(savepoint, changed)))
        .withMessageStartingWith(
            "savepoint  execution.state-recovery.path  "
                + savepoint
                + " contains state of an operator (");
  }
}

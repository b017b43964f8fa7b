package dev.outflow.job;

import static dev.outflow.job.RestorableJob.awaitLines;
import static dev.outflow.job.RestorableJob.fromSavepoint;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

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

/** Restores a job whose outputs, filters and parallelism have changed. */
@ExtendWith(KafkaExtension.class)
class RestoreOutputsITCase {
  @RegisterExtension static final MiniClusterExtension FLINK = RestorableJob.cluster();

  private final RestorableJob job;

  RestoreOutputsITCase(EmbeddedKafka kafka, @TempDir Path folder) throws Exception {
    job = new RestorableJob(kafka, folder);
  }

  @AfterEach
  void cancel() {
    job.cancel();
  }

  @Test
  void continuesCountsWithoutLossOrDuplicatesWhenOutputsFiltersAndParallelismChange()
      throws Exception {
    TestTopic otherCopies = TestTopic.create(job.kafka(), 1);
    TestTopic large = TestTopic.create(job.kafka(), 1);

    String first = job.runAndStop(job.yaml());
    String changed =
        job.withLargeOrders(job.yaml(), large)
            .replace(
                "topic: " + job.copies().name(),
                "compression-type: gzip, topic: " + otherCopies.name())
            .replace("amount > 0", "amount > 1")
            .replace("{ column: placed_at }", "{ column: placed_at, policy: adjust }")
            .replace("parallelism.default: 1", "parallelism.default: 2");
    String second = job.runAndStop(fromSavepoint(first, changed), 7, otherCopies, "Bern,7");
    job.start(
        fromSavepoint(
            second,
            changed
                .replace("compression-type: gzip", "delivery-guarantee: at-least-once")
                .replace("parallelism.default: 2", "parallelism.default: 1")));
    job.send("Bern,8,2020-11-20 10:30:00Z");
    job.closeWindow();

    awaitLines(job.counts(), "Bern,20");
    awaitLines(otherCopies, "Bern,7", "Bern,8", "Basel,9", "Basel,9");
    assertThat(job.copies().values()).containsExactly("Bern,5");
    assertThat(large.values()).containsExactlyInAnyOrder("Bern", "Bern", "Basel", "Basel");
  }

  @Test
  void continuesWhenOutputsBeginToWriteUpserts() throws Exception {
    String first = job.runAndStop(job.yaml());
    job.start(
        fromSavepoint(
            first,
            job.yaml()
                .replace("format: csv }", "format: csv, mode: upsert, partition-key: city }")));
    job.send("Bern,8,2020-11-20 10:30:00Z");
    job.closeWindow();

    awaitLines(job.counts(), "Bern,13");
    awaitLines(job.copies(), "Bern,5", "Bern,8", "Basel,9", "Basel,9");
    assertThat(job.copies().committed())
        .extracting(record -> record.key() == null ? null : new String(record.key(), UTF_8))
        .containsExactlyInAnyOrder(null, "Bern", "Basel", "Basel");
  }
}

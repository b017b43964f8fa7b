package dev.outflow.kafka.retention;

import static dev.outflow.kafka.retention.NumbersJob.LONG;
import static dev.outflow.kafka.retention.NumbersJob.REMEDY;
import static dev.outflow.kafka.retention.NumbersJob.range;
import static org.assertj.core.api.Assertions.assertThat;

import dev.outflow.embedded.EmbeddedKafka;
import dev.outflow.embedded.KafkaExtension;
import java.nio.file.Path;
import java.util.List;
import org.apache.flink.runtime.testutils.InMemoryReporter;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Deletes records that a running job has not read yet. */
@ExtendWith(KafkaExtension.class)
class LagBeyondRetentionITCase {
  private static final InMemoryReporter METRICS = InMemoryReporter.createWithRetainedMetrics();

  @RegisterExtension static final MiniClusterExtension FLINK = NumbersJob.cluster(METRICS);

  private final NumbersJob job;

  LagBeyondRetentionITCase(EmbeddedKafka broker, @TempDir Path savepoints) throws Exception {
    job = new NumbersJob(broker, savepoints, METRICS);
  }

  @BeforeEach
  void closeGate() {
    Gate.PERMITS.drainPermits();
  }

  @AfterEach
  void cancelJob() throws Exception {
    Gate.PERMITS.release(1_000_000);
    job.cancel();
  }

  @Test
  void failsIfTheLagOutgrowsRetention() throws Exception {
    deleteWhatARunningJobHasNotRead(OnLostInput.FAIL);

    assertThat(job.failure())
        .matches(
            "input 'numbers': records are lost: %s-0: offsets \\d+ to 89 \\(up to \\d+ records, written between \\S+Z and 1970-01-01T00:00:00.090Z\\) were deleted before they were read"
                    .formatted(job.input().name())
                + REMEDY);
  }

  @Test
  void continuesWithoutARestartIfTheLagOutgrowsRetention() throws Exception {
    deleteWhatARunningJobHasNotRead(OnLostInput.CONTINUE);

    Awaitility.await().atMost(LONG).untilAsserted(() -> assertThat(job.numbers()).endsWith(99L));
    List<Long> numbers = job.numbers();
    int read = numbers.indexOf(90L);
    assertThat(numbers.subList(0, read)).containsExactlyElementsOf(range(0, read));
    assertThat(numbers.subList(read, numbers.size())).containsExactlyElementsOf(range(90, 100));
    assertThat(job.lost("lost-input-records")).isEqualTo(90 - read);
    Awaitility.await()
        .atMost(LONG)
        .untilAsserted(
            () -> assertThat(job.metrics("pendingRecords")).singleElement().isEqualTo(0L));
  }

  private void deleteWhatARunningJobHasNotRead(OnLostInput onLost) throws Exception {
    job.input().write(0, 0, 100);
    job.startGated(onLost);
    Gate.PERMITS.release();
    Awaitility.await().atMost(LONG).until(() -> Gate.PERMITS.availablePermits() == 0);
    job.input().deleteRecords(0, 90);
    Gate.PERMITS.release(1000);
  }
}

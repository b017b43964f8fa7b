package dev.outflow.kafka.retention;

import static dev.outflow.kafka.retention.NumbersJob.REMEDY;
import static dev.outflow.kafka.retention.NumbersJob.range;
import static dev.outflow.kafka.retention.NumbersJob.topics;
import static org.assertj.core.api.Assertions.assertThat;

import dev.outflow.embedded.EmbeddedKafka;
import dev.outflow.embedded.KafkaExtension;
import dev.outflow.embedded.TestTopic;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.runtime.testutils.InMemoryReporter;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Deletes records that a job has not read while it is down. */
@ExtendWith(KafkaExtension.class)
class DeletedRecordsITCase {
  private static final InMemoryReporter METRICS = InMemoryReporter.createWithRetainedMetrics();

  @RegisterExtension static final MiniClusterExtension FLINK = NumbersJob.cluster(METRICS);

  private final NumbersJob job;

  DeletedRecordsITCase(EmbeddedKafka broker, @TempDir Path savepoints) throws Exception {
    job = new NumbersJob(broker, savepoints, METRICS);
  }

  @AfterEach
  void cancelJob() throws Exception {
    job.cancel();
  }

  @Test
  void failsIfRetentionDeletedRecordsWhileTheJobWasDown() throws Exception {
    String savepoint = job.readTenAndStop();
    job.input().write(0, 10, 20);
    job.input().deleteRecords(0, 15);

    job.start("earliest", OnLostInput.FAIL, savepoint);

    assertThat(job.failure())
        .isEqualTo(
            "input 'numbers': records are lost: %s-0: offsets 10 to 14 (up to 5 records, written between 1970-01-01T00:00:00.009Z and 1970-01-01T00:00:00.015Z) were deleted before they were read"
                    .formatted(job.input().name())
                + REMEDY);
    assertThat(job.numbers()).containsExactlyElementsOf(range(0, 10));
  }

  @Test
  void failsIfRecordsOfOneOfSeveralTopicsWereDeletedOrTheTopicIsGone() throws Exception {
    TestTopic other = TestTopic.create(job.kafka(), 1);
    String both = topics(other.name(), job.input().name());
    String savepoint = job.readTenAndStop(both);
    job.input().write(0, 10, 20);
    job.input().deleteRecords(0, 15);
    job.start(both, "earliest", OnLostInput.FAIL, savepoint);
    assertThat(job.failure())
        .startsWith(
            "input 'numbers': records are lost: %s-0: offsets 10 to 14"
                .formatted(job.input().name()));

    new NumbersTopic(other).delete();
    job.start(both, "earliest", OnLostInput.FAIL, savepoint);
    assertThat(job.failure())
        .startsWith(
            "input 'numbers': records are lost: topic '%s' no longer exists"
                .formatted(other.name()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"earliest", "last-stopped", "job-start", "1970-01-02T00:00:00Z"})
  void continuesAtTheFirstRecordThatIsLeftWhateverStartSays(String start) throws Exception {
    String savepoint = job.readTenAndStop();
    job.input().write(0, 10, 20);
    job.input().deleteRecords(0, 15);

    job.start(start, OnLostInput.CONTINUE, savepoint);

    job.awaitNumbers(List.of(0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 15L, 16L, 17L, 18L, 19L));
    assertThat(job.lost("lost-inputs")).isOne();
    assertThat(job.lost("lost-input-records")).isEqualTo(5);
  }

  @Test
  void reportsCommittedOffsetsThatNoLongerExist() throws Exception {
    job.input().write(0, 0, 20);
    commit(0, 10);
    job.input().deleteRecords(0, 15);

    job.start("last-stopped", OnLostInput.FAIL, null);

    assertThat(job.failure())
        .startsWith(
            "input 'numbers': records are lost: %s-0: offsets 10 to 14 (up to 5 records, written before 1970-01-01T00:00:00.015Z)"
                .formatted(job.input().name()));
  }

  private void commit(int partition, long offset) throws Exception {
    try (Admin admin = job.kafka().admin()) {
      admin
          .alterConsumerGroupOffsets(
              job.name() + "-numbers",
              Map.of(
                  new TopicPartition(job.input().name(), partition), new OffsetAndMetadata(offset)))
          .all()
          .get();
    }
  }

  @Test
  void acceptsMarkersOfTransactionsEmptyPartitionsAndANewGroup() throws Exception {
    job.input().write(0, 0, 5);
    job.input().deleteRecords(0, 5);
    job.input().writeInTransaction(0, 5, 10);
    job.start("committed", OnLostInput.FAIL, null);
    job.awaitNumbers(range(5, 10));
    String savepoint = job.stop();
    job.input().deleteRecords(0, -1);

    job.start("job-start", OnLostInput.FAIL, savepoint);
    job.input().writeInTransaction(0, 10, 12);

    job.awaitNumbers(range(5, 12));
    job.input().write(1, 12, 13);
    job.awaitNumbers(range(5, 13));
    assertThat(job.client().getJobStatus().get()).isEqualTo(JobStatus.RUNNING);
    assertThat(job.lost("lost-inputs")).isZero();
  }
}

package dev.outflow.kafka.retention;

import static dev.outflow.kafka.retention.NumbersJob.LONG;
import static dev.outflow.kafka.retention.NumbersJob.pattern;
import static dev.outflow.kafka.retention.NumbersJob.range;
import static org.assertj.core.api.Assertions.assertThat;

import dev.outflow.embedded.EmbeddedKafka;
import dev.outflow.embedded.KafkaExtension;
import java.nio.file.Path;
import org.apache.flink.runtime.testutils.InMemoryReporter;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Topics of a pattern appear and disappear, while the job is down or running. */
@ExtendWith(KafkaExtension.class)
class TopicPatternITCase {
  private static final InMemoryReporter METRICS = InMemoryReporter.createWithRetainedMetrics();

  @RegisterExtension static final MiniClusterExtension FLINK = NumbersJob.cluster(METRICS);

  private final NumbersJob job;

  TopicPatternITCase(EmbeddedKafka broker, @TempDir Path savepoints) throws Exception {
    job = new NumbersJob(broker, savepoints, METRICS);
  }

  @AfterEach
  void cancelJob() throws Exception {
    job.cancel();
  }

  @Test
  void readsTopicsThatAppearFromTheirFirstRecordAndContinuesWithTheOthers() throws Exception {
    String all = pattern(job.input().name() + "(-.*)?");
    String savepoint = job.readTenAndStop(all);
    NumbersTopic found = create("-while-down");
    found.write(0, 100, 105);
    job.input().write(0, 10, 15);

    job.start(all, "job-start", OnLostInput.FAIL, savepoint);
    job.awaitAll(range(0, 15), range(100, 105));
    create("-while-running").write(0, 200, 205);
    job.awaitAll(range(0, 15), range(100, 105), range(200, 205));

    savepoint = job.stop();
    job.start(
        pattern(job.input().name() + "|.*-while-running"),
        "job-start",
        OnLostInput.FAIL,
        savepoint);
    job.input().write(0, 15, 20);
    found.write(0, 105, 110);
    job.awaitAll(range(0, 20), range(100, 105), range(200, 205));

    savepoint = job.stop();
    job.start(all, "job-start", OnLostInput.FAIL, savepoint);
    job.awaitAll(range(0, 20), range(100, 105), range(100, 110), range(200, 205));
    assertThat(job.lost("lost-inputs")).isZero();
  }

  @Test
  void leavesOutATopicOfAPatternWhileItIsDeletedAndReadsItOnceItIsCreatedAgain() throws Exception {
    String all = pattern(job.input().name() + "(-.*)?");
    NumbersTopic gone = create("-gone");
    gone.write(0, 100, 105);
    job.input().write(0, 0, 5);
    job.start(all, "earliest", OnLostInput.CONTINUE, null);
    job.awaitAll(range(0, 5), range(100, 105));

    gone.delete();
    Awaitility.await().atMost(LONG).until(() -> job.lost("lost-inputs") == 1);
    job.input().write(0, 5, 10);
    job.awaitAll(range(0, 10), range(100, 105));
    String savepoint = job.stop();
    job.start(all, "earliest", OnLostInput.CONTINUE, savepoint);
    job.input().write(0, 10, 15);
    job.awaitAll(range(0, 15), range(100, 105));
    assertThat(job.lost("lost-inputs")).isZero();

    create("-gone").write(0, 200, 205);
    job.awaitAll(range(0, 15), range(100, 105), range(200, 205));
  }

  @Test
  void failsIfATopicOfAPatternIsDeleted() throws Exception {
    String all = pattern(job.input().name() + "(-.*)?");
    NumbersTopic gone = create("-gone");
    gone.write(0, 100, 105);
    job.start(all, "earliest", OnLostInput.FAIL, null);
    job.awaitAll(range(100, 105));

    gone.delete();

    assertThat(job.failure())
        .startsWith(
            "input 'numbers': records are lost: %s-0: the partition was deleted, with its records from offset 5 on"
                .formatted(gone.name()));
  }

  /** Creates a topic of one partition. */
  private NumbersTopic create(String suffix) throws Exception {
    return NumbersTopic.create(job.kafka(), job.input().name() + suffix, 1);
  }
}

package dev.outflow.kafka.retention;

import static dev.outflow.kafka.retention.NumbersJob.REMEDY;
import static dev.outflow.kafka.retention.NumbersJob.range;
import static org.assertj.core.api.Assertions.assertThat;

import dev.outflow.embedded.EmbeddedKafka;
import dev.outflow.embedded.KafkaExtension;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.runtime.testutils.InMemoryReporter;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Deletes the topic of a job that is down, or creates it again. */
@ExtendWith(KafkaExtension.class)
class DeletedTopicITCase {
  private static final InMemoryReporter METRICS = InMemoryReporter.createWithRetainedMetrics();

  @RegisterExtension static final MiniClusterExtension FLINK = NumbersJob.cluster(METRICS);

  private final NumbersJob job;

  DeletedTopicITCase(EmbeddedKafka broker, @TempDir Path savepoints) throws Exception {
    job = new NumbersJob(broker, savepoints, METRICS);
  }

  @AfterEach
  void cancelJob() throws Exception {
    job.cancel();
  }

  @Test
  void failsIfTheTopicIsGone() throws Exception {
    String savepoint = job.readTenAndStop();
    job.input().delete();

    job.start("earliest", OnLostInput.FAIL, savepoint);

    assertThat(job.failure())
        .isEqualTo(
            "input 'numbers': records are lost: topic '%s' no longer exists. Create it, write the records again that the job has not read, if you can, and restart the job from its last checkpoint with 'on-lost-input' = 'continue', which resumes at the first record of the new topic"
                .formatted(job.input().name()));
  }

  @Test
  void failsIfTheTopicWasCreatedAgainWithMoreRecordsAndFewerPartitions() throws Exception {
    String savepoint = job.readTenAndStop();
    job.input().recreate(1);
    job.input().write(0, 100, 130);

    job.start("earliest", OnLostInput.FAIL, savepoint);

    assertThat(job.failure())
        .matches(
            "input 'numbers': records are lost: "
                + ("%1$s-0: the topic was deleted and created again \\(topic id \\S+, now \\S+\\), with its records from offset 10 on; "
                        + "%1$s-1: the topic was deleted and created again \\(topic id \\S+, now \\S+\\), with its records from offset 0 on")
                    .formatted(job.input().name())
                + REMEDY);
  }

  @Test
  void readsATopicThatWasCreatedAgainWithFewerPartitionsFromItsFirstRecord() throws Exception {
    String savepoint = job.readTenAndStop();
    job.input().recreate(1);
    job.input().write(0, 100, 113);

    job.start("job-start", OnLostInput.CONTINUE, savepoint);

    List<Long> expected = new ArrayList<>(range(0, 10));
    expected.addAll(range(100, 113));
    job.awaitNumbers(expected);
    assertThat(job.lost("lost-inputs")).isEqualTo(2);
  }
}

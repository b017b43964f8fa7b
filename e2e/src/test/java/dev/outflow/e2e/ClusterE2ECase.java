package dev.outflow.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outflow.embedded.ClusterRest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What the other cases stand on: clusters whose processes are killed, paused and come again. */
@ExtendWith(ShowLogs.class)
class ClusterE2ECase {
  private static final Duration RECOVERY = Duration.ofSeconds(60);

  @TempDir private Path folder;

  @Test
  void aJobGoesOnAfterEachProcessWasKilledOnce() throws Exception {
    Instant begin = Instant.now();
    Meanwhile<KafkaCluster> brokers =
        Meanwhile.start(() -> KafkaCluster.start(folder.resolve("kafka"), 3));
    try (ZooKeeperProcess zooKeeper = ZooKeeperProcess.start(folder.resolve("zookeeper"));
        FlinkCluster flink =
            FlinkCluster.start(
                folder.resolve("flink"), FlinkSettings.defaults().withHighAvailability(zooKeeper));
        KafkaCluster kafka = brokers.get()) {
      tell("up", begin);
      Numbers numbers = Numbers.create(kafka, 2);
      Path job = Files.writeString(folder.resolve("job.yaml"), numbers.definition());
      JavaCommand.Result submitted =
          flink.run("-d", ClusterRest.JAR.toAbsolutePath().toString(), "--config", job.toString());
      assertThat(submitted.exitCode()).as(submitted.output()).isZero();
      String id = flink.rest().jobs().keySet().iterator().next();
      tell("submitted", begin);
      numbers.send(0, 100);
      numbers.awaitCopies(100);
      tell("copied", begin);

      flink.killTaskManager(0);
      flink.startTaskManager();
      numbers.send(100, 200);
      numbers.awaitCopies(200);
      tell("without the first TaskManager", begin);

      flink.killJobManager();
      flink.restartJobManager();
      flink.awaitState(id, "RUNNING", RECOVERY);
      numbers.send(200, 300);
      numbers.awaitCopies(300);
      tell("without the first JobManager", begin);

      kafka.kill(0);
      numbers.send(300, 400);
      numbers.awaitCopies(400);
      tell("without a broker", begin);

      kafka.restart(0);
      kafka.pause(1);
      kafka.resume(1);
      numbers.send(400, 500);
      numbers.awaitCopies(500);
      assertThat(flink.stop(id)).startsWith("file:");
      tell("stopped", begin);
    }
  }

  private static void tell(String what, Instant begin) {
    System.out.printf("%s after %d s%n", what, Duration.between(begin, Instant.now()).toSeconds());
  }
}

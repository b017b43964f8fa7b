package dev.outflow.benchmark;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Checks that the benchmarks work and are fair, not how fast anything is. */
class BenchmarksE2ECase {
  private static final int COMPARED = 1000;
  private static final Workload WORKLOAD =
      Workload.BASE.with(Delivery.AT_LEAST_ONCE).withPartitions(1);

  @TempDir Path folder;

  @Test
  @Timeout(value = 10, unit = TimeUnit.MINUTES)
  void peersWriteTheSameBytesAndAllResultsArePresent() throws Exception {
    try (TestBed testBed = TestBed.open(folder.resolve("testBed"));
        Admin admin = testBed.kafka().broker().admin()) {
      Topics topics = new Topics(admin, testBed.kafka().broker().bootstrapServers());
      ContestantLauncher launcher = new ContestantLauncher(testBed, topics);
      Inputs.Input input = new Inputs(testBed, topics, 8).of(WORKLOAD);
      List<Outcome.Score> scores = new ArrayList<>();
      List<List<String>> written = new ArrayList<>();
      for (Future<RunningContestant> launched : launch(launcher, input)) {
        try (RunningContestant runner = launched.get()) {
          assertThat(runner.startUpSeconds()).isPositive();
          scores.add(runner.score(List.of(runner.turn(500))));
          written.add(written(runner, testBed));
        }
      }
      assertThat(written.get(1)).isEqualTo(written.get(0));
      assertThat(written.get(2)).isEqualTo(written.get(0));
      assertThat(scores).allSatisfy(BenchmarksE2ECase::hasAllFigures);

      new ResultsFolder(folder).write(Results.of(new Outcome("smoke", "smoke", scores)));
    }
    assertThat(new ResultsFolder(folder).read().orElseThrow().outcomes()).hasSize(1);
    assertThat(folder.resolve("results.md")).content().contains("| **smoke** | Outflow |");
    assertThat(folder.resolve("throughput.svg")).content().contains("smoke</text>");
  }

  /** Launches the peers at the same time, and pauses each as soon as it runs. */
  private static List<Future<RunningContestant>> launch(
      ContestantLauncher launcher, Inputs.Input input) throws InterruptedException {
    List<Callable<RunningContestant>> launches = new ArrayList<>();
    for (Peer peer : List.of(Peer.OUTFLOW, Peer.SQL, Peer.HAND_WRITTEN)) {
      launches.add(
          () -> {
            RunningContestant runner = launcher.launch(Contestant.of(peer, WORKLOAD), input);
            runner.pause();
            return runner;
          });
    }
    ExecutorService threads = Executors.newFixedThreadPool(launches.size());
    try {
      return threads.invokeAll(launches);
    } finally {
      threads.shutdown();
    }
  }

  private static void hasAllFigures(Outcome.Score score) {
    assertThat(score.recordsPerSecond()).isPositive();
    assertThat(score.cpuMicrosPerRecord()).isPositive();
    assertThat(score.allocatedPerRecord()).isPositive();
    assertThat(score.liveBytes()).isPositive();
    assertThat(score.residentBytes()).isGreaterThan(score.liveBytes());
    assertThat(score.bytes()).isBetween(150.0, 250.0);
  }

  /** Returns keys and values of the first records. */
  private static List<String> written(RunningContestant runner, TestBed testBed) throws Exception {
    List<String> records = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", testBed.kafka().broker().bootstrapServers()),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      consumer.assign(runner.topics().partitions(runner.outputs()));
      consumer.seekToBeginning(consumer.assignment());
      while (records.size() < COMPARED) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofSeconds(1))) {
          records.add(
              new String(record.key(), ISO_8859_1) + " " + new String(record.value(), ISO_8859_1));
        }
      }
    }
    return records.subList(0, COMPARED);
  }
}

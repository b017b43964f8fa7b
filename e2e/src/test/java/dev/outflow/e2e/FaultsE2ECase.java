package dev.outflow.e2e;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Exactly-once under faults: processes, network and storage fail at random moments while a job
 * copies and counts numbered records. Nothing is lost or duplicated, dead letters included. Records
 * of another input are deleted before the job reads them: exactly these are announced as lost.
 *
 * <p>{@code -Dfaults=200} takes about an hour; {@code -Dseed=} repeats the faults of a run.
 */
@ExtendWith(PrintLogsOnFailure.class)
class FaultsE2ECase {
  private static final Duration DRAINED = Duration.ofMinutes(2);
  private static final Map<Integer, TcpProxy> NETWORKS = new ConcurrentHashMap<>();

  @TempDir private static Path clusters;
  private static KafkaCluster kafka;

  @TempDir private Path folder;

  private final long seed = Long.getLong("seed", new Random().nextLong());
  private final Random random = new Random(seed);

  @BeforeAll
  static void brokers() throws Exception {
    kafka =
        KafkaCluster.start(
            clusters.resolve("kafka"),
            KafkaSettings.brokers(3)
                .withAdvertised(port -> NETWORKS.computeIfAbsent(port, TcpProxy::to).port()));
  }

  @AfterAll
  static void end() {
    kafka.close();
    NETWORKS.values().forEach(TcpProxy::close);
  }

  @Test
  void losesAndDuplicatesNothingUnderRandomFaults() throws Exception {
    List<Fault> faults = Fault.draw(Integer.getInteger("faults", Fault.values().length), random);
    print("seed %d: %s".formatted(seed, faults));
    FaultReport report = new FaultReport(seed);
    CountedJob job = CountedJob.create(kafka, bootstrapServers());
    try (ZooKeeperProcess zooKeeper = ZooKeeperProcess.start(folder.resolve("zookeeper"));
        FlinkCluster flink =
            FlinkCluster.start(
                folder.resolve("flink"), settings().withHighAvailability(zooKeeper));
        NumberStream numbers = NumberStream.start(kafka.direct(), job.numbers());
        OutputMonitor outputs = OutputMonitor.of(job)) {
      FaultContext context =
          new FaultContext(flink, kafka, networks(), job.submit(flink), job.perishable(), random);
      context.awaitHealthy();
      for (Fault fault : faults) {
        int moment = numbers.sent() + random.nextInt(2 * NumberStream.PER_WINDOW);
        await("number " + moment, () -> numbers.sent() >= moment);
        print("%s at number %d".formatted(fault, numbers.sent()));
        Duration recovery = fault.inject(context);
        report.add(fault, recovery);
        context.awaitHealthy();
        print("  recovered after %d ms; %s".formatted(recovery.toMillis(), outputs.soFar()));
      }
      int sent = numbers.end();
      Findings findings = outputs.drained(sent);
      PerishableFindings perished = job.perishable().drained();
      report.write(sent, findings, perished);
      assertThat(findings.isEmpty()).as(findings.toString()).isTrue();
      assertThat(perished.areAsAnnounced()).as(perished.toString()).isTrue();
      job.assertDeadLetters(sent);
    }
  }

  @Test
  void resumesFromTheLastCheckpointWithoutHighAvailability() throws Exception {
    CountedJob job = CountedJob.create(kafka, bootstrapServers());
    try (FlinkCluster flink = FlinkCluster.start(folder.resolve("flink"), settings());
        NumberStream numbers = NumberStream.start(kafka.direct(), job.numbers());
        OutputMonitor outputs = OutputMonitor.of(job)) {
      String id = job.submit(flink);
      for (int kill = 0; kill < 2; kill++) { // The second time from a job that was resumed.
        FaultContext context =
            new FaultContext(flink, kafka, networks(), id, job.perishable(), random);
        context.awaitHealthy();
        int moment = numbers.sent() + random.nextInt(NumberStream.PER_WINDOW);
        await("number " + moment, () -> numbers.sent() >= moment);
        flink.killJobManager();
        flink.restartJobManager();
        Path checkpoint = lastCheckpoint(flink, id);
        id = job.submit(flink, "-s", checkpoint.toUri().toString());
        print("without high availability, resumed from %s".formatted(checkpoint.getFileName()));
      }
      new FaultContext(flink, kafka, networks(), id, job.perishable(), random).awaitHealthy();
      int sent = numbers.end();
      Findings findings = outputs.drained(sent);
      print("%d records without high availability: %s".formatted(sent, findings));
      assertThat(findings.isEmpty()).as(findings.toString()).isTrue();
      job.assertDeadLetters(sent);
    }
  }

  private static FlinkSettings settings() {
    return FlinkSettings.defaults()
        .withTaskManagers(2, 1)
        .withOption("heartbeat.timeout", "8 s")
        .withOption("high-availability.zookeeper.client.session-timeout", "6 s");
  }

  private static List<TcpProxy> networks() {
    return kafka.brokers().stream().map(broker -> NETWORKS.get(broker.clients())).toList();
  }

  private static String bootstrapServers() {
    return networks().stream().map(network -> "localhost:" + network.port()).collect(joining(","));
  }

  /** Returns the newest complete checkpoint of a job whose JobManager is gone. */
  private static Path lastCheckpoint(FlinkCluster flink, String job) throws Exception {
    try (Stream<Path> all = Files.list(flink.folder().resolve("checkpoints").resolve(job))) {
      return all.filter(checkpoint -> Files.exists(checkpoint.resolve("_metadata")))
          .max(Comparator.comparingInt(FaultsE2ECase::number))
          .orElseThrow();
    }
  }

  private static int number(Path checkpoint) {
    return Integer.parseInt(checkpoint.getFileName().toString().replace("chk-", ""));
  }

  private static void await(String what, Callable<Boolean> condition) {
    Await.until(what, DRAINED, List.of(), condition);
  }

  private static void print(String what) {
    System.out.println(what);
  }
}

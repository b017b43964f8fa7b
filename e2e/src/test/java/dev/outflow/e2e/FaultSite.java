package dev.outflow.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.awaitility.Awaitility;

/**
 * Where faults happen.
 *
 * @param networks before each of the brokers
 * @param job the id of the job that runs
 * @param random what decides which process and how long
 */
record FaultSite(
    FlinkCluster flink, KafkaCluster kafka, List<TcpProxy> networks, String job, Random random) {
  private static final Duration RECOVERY = Duration.ofMinutes(2);

  /** Which broker, by its place. */
  int anyBroker() {
    return random.nextInt(networks.size());
  }

  /** At least a second. */
  Duration atMost(Duration longest) {
    return Duration.ofMillis(random.nextInt(1000, (int) longest.toMillis()));
  }

  /** Returns when this time has passed: a fault lasts as long. */
  static void last(Duration time) {
    Awaitility.await().atMost(time.plusSeconds(10)).pollDelay(time).until(() -> true);
  }

  /** The longer of the times that the job took to be well again after both. */
  Duration both(List<Fault> faults) throws Exception {
    System.out.println("  both " + faults);
    ExecutorService threads = Executors.newFixedThreadPool(faults.size());
    try {
      List<Future<Duration>> recoveries = new ArrayList<>();
      for (Fault fault : faults) {
        FaultSite own = new FaultSite(flink, kafka, networks, job, new Random(random.nextLong()));
        recoveries.add(threads.submit(() -> fault.strike(own)));
      }
      Duration longest = Duration.ZERO;
      for (Future<Duration> recovery : recoveries) {
        longest = longest.compareTo(recovery.get()) < 0 ? recovery.get() : longest;
      }
      return longest;
    } finally {
      threads.shutdownNow();
    }
  }

  /**
   * Waits until the job runs and has completed a checkpoint that began after this moment.
   *
   * @return how long that was after this moment
   */
  Duration awaitRecovery(Instant since) {
    Await.until(
        "the job runs and has completed a new checkpoint",
        RECOVERY,
        JavaProcess.started().stream().filter(JavaProcess::isAlive).toList(),
        () -> runs() && lastCheckpoint().isAfter(since));
    return Duration.between(since, Instant.now());
  }

  /** Waits until the next fault finds all well: every replica in sync, and the job running. */
  void awaitCalm() {
    try (Admin admin = kafka.direct().admin()) {
      Await.until(
          "all replicas are in sync",
          RECOVERY,
          JavaProcess.started().stream().filter(JavaProcess::isAlive).toList(),
          () -> inSync(admin));
    }
    awaitRecovery(Instant.now());
  }

  private static boolean inSync(Admin admin) throws Exception {
    return admin
        .describeTopics(admin.listTopics(new ListTopicsOptions().listInternal(true)).names().get())
        .allTopicNames()
        .get()
        .values()
        .stream()
        .flatMap(topic -> topic.partitions().stream())
        .allMatch(partition -> partition.isr().size() == partition.replicas().size());
  }

  private boolean runs() throws Exception {
    String state = flink.rest().state(job);
    if (state.equals("FAILED")) {
      throw new AssertionError("the job has FAILED: " + flink.rest().exceptions(job));
    }
    return state.equals("RUNNING");
  }

  private Instant lastCheckpoint() throws Exception {
    JsonNode last = flink.rest().json("/jobs/" + job + "/checkpoints").at("/latest/completed");
    return Instant.ofEpochMilli(last.path("trigger_timestamp").asLong());
  }
}

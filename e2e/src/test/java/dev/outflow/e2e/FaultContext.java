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
 * The cluster that faults are injected into.
 *
 * @param networks the proxy in front of each broker
 * @param job the id of the running job
 * @param perishable the input that loses records
 * @param random chooses processes and durations
 */
record FaultContext(
    FlinkCluster flink,
    KafkaCluster kafka,
    List<TcpProxy> networks,
    String job,
    PerishableTopic perishable,
    Random random) {
  private static final Duration RECOVERY = Duration.ofMinutes(2);

  /** Returns the index of a random broker. */
  int anyBroker() {
    return random.nextInt(networks.size());
  }

  /** Returns a random duration from 1 s to {@code longest}. */
  Duration atMost(Duration longest) {
    return Duration.ofMillis(random.nextInt(1000, (int) longest.toMillis()));
  }

  /** Lets a fault last for this time. */
  static void last(Duration time) {
    Awaitility.await().atMost(time.plusSeconds(10)).pollDelay(time).until(() -> true);
  }

  /** Injects faults at the same time; returns the longest recovery time. */
  Duration both(List<Fault> faults) throws Exception {
    System.out.println("  at the same time: " + faults);
    ExecutorService threads = Executors.newFixedThreadPool(faults.size());
    try {
      List<Future<Duration>> recoveries = new ArrayList<>();
      for (Fault fault : faults) {
        FaultContext own =
            new FaultContext(
                flink, kafka, networks, job, perishable, new Random(random.nextLong()));
        recoveries.add(threads.submit(() -> fault.inject(own)));
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
   * Waits until the job is RUNNING and has completed a checkpoint triggered after this instant.
   *
   * @return the time since this instant
   */
  Duration awaitRecovery(Instant since) {
    Await.until(
        "the job runs and has completed a new checkpoint",
        RECOVERY,
        JavaProcess.started().stream().filter(JavaProcess::isAlive).toList(),
        () -> runs() && lastCheckpoint().isAfter(since));
    return Duration.between(since, Instant.now());
  }

  /** Waits until every replica is in sync and the job is RUNNING. */
  void awaitHealthy() {
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

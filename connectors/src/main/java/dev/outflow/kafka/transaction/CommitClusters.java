package dev.outflow.kafka.transaction;

import dev.outflow.secret.Causes;
import java.io.IOException;
import java.io.Serial;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.function.BiFunction;
import org.apache.flink.api.connector.sink2.Committer;
import org.apache.flink.connector.kafka.sink.KafkaCommittable;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;

/**
 * The Kafka clusters in which a checkpoint has transactions: the one that the job writes to, and
 * after a move those that it wrote to before.
 */
final class CommitClusters implements AutoCloseable {
  private final Cluster home;
  private final BiFunction<Properties, String, Committer<KafkaCommittable>> committers;
  private final Map<String, Cluster> others = new HashMap<>();

  /**
   * Begins with the cluster that {@code home} leads to.
   *
   * @param committers makes a committer of a producer's properties and a name that is its own in
   *     this task
   */
  CommitClusters(
      KafkaClients home, BiFunction<Properties, String, Committer<KafkaCommittable>> committers) {
    this.home = new Cluster(home, committers.apply(home.producer(), ""));
    this.committers = committers;
  }

  /** A cluster and who commits in it. */
  record Cluster(KafkaClients clients, Committer<KafkaCommittable> committer) {}

  /** A cluster of before does not answer. */
  static final class UnreachableException extends Exception {
    @Serial private static final long serialVersionUID = 1;

    private UnreachableException(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /**
   * Where a transaction is.
   *
   * @throws IOException if the brokers that the job writes to do not answer
   * @throws UnreachableException if those that it wrote to do not
   */
  Cluster of(TransactionOrigin trace)
      throws IOException, InterruptedException, UnreachableException {
    String servers = trace.bootstrapServers();
    if (servers.equals(home.clients().bootstrapServers())) {
      return home;
    }
    if (!others.containsKey(servers)) {
      others.put(servers, find(trace));
    }
    return others.get(servers);
  }

  private Cluster find(TransactionOrigin trace)
      throws IOException, InterruptedException, UnreachableException {
    try {
      if (clusterId(home.clients()).equals(trace.clusterId())) {
        return home;
      }
    } catch (ExecutionException | KafkaException e) {
      throw new IOException(home.clients().bootstrapServers() + " does not answer", e);
    }
    KafkaClients before = home.clients().at(trace.bootstrapServers());
    try {
      String found = clusterId(before);
      if (found.equals(trace.clusterId())) {
        return new Cluster(before, committers.apply(before.producer(), "-" + found));
      }
      throw new UnreachableException(
          "it is in the Kafka cluster %s, and %s leads to %s now"
              .formatted(trace.clusterId(), trace.bootstrapServers(), found),
          null);
    } catch (ExecutionException | KafkaException e) {
      throw new UnreachableException(
          "it is on %s, to which the job wrote before and which does not answer (%s). If the job was stopped by 'flink stop', it was committed then"
              .formatted(trace.bootstrapServers(), Causes.of(e).rootMessage()),
          e);
    }
  }

  private static String clusterId(KafkaClients clients)
      throws ExecutionException, InterruptedException {
    try (Admin admin = clients.admin()) {
      return admin.describeCluster().clusterId().get();
    }
  }

  @Override
  public void close() throws Exception {
    home.committer().close();
    for (Cluster other : others.values()) {
      if (!other.equals(home)) {
        other.committer().close();
      }
    }
  }
}

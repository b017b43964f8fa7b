package dev.outflow.kafka.transaction;

import dev.outflow.kafka.BrokerFailure;
import dev.outflow.secret.Causes;
import java.io.IOException;
import java.io.Serial;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.function.BiFunction;
import org.apache.flink.api.connector.sink2.Committer;
import org.apache.flink.connector.kafka.sink.KafkaCommittable;
import org.apache.kafka.common.KafkaException;

/**
 * The committers of the Kafka clusters in which a checkpoint has transactions: the cluster that the
 * job writes to and, after a move to another cluster, the previous ones.
 */
final class ClusterCommitters implements AutoCloseable {
  private final ClusterCommitter current;
  private final BiFunction<Properties, String, Committer<KafkaCommittable>> factory;
  private final Map<String, ClusterCommitter> byServers = new HashMap<>();

  /**
   * Starts with the committer of the current cluster.
   *
   * @param factory creates a committer from producer properties and a name that is unique in this
   *     task
   */
  ClusterCommitters(
      KafkaClientFactory clients,
      BiFunction<Properties, String, Committer<KafkaCommittable>> factory) {
    this.current = new ClusterCommitter(clients, factory.apply(clients.producer(), ""));
    this.factory = factory;
    byServers.put(clients.bootstrapServers(), current);
  }

  /** The committer of one cluster. */
  record ClusterCommitter(KafkaClientFactory clients, Committer<KafkaCommittable> committer) {}

  /** Thrown if a previous cluster is unreachable. */
  static final class UnreachableException extends Exception {
    @Serial private static final long serialVersionUID = 1;

    private UnreachableException(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /**
   * Returns the committer for a transaction's cluster.
   *
   * @throws IOException if the current cluster does not respond
   * @throws UnreachableException if a previous cluster does not respond, or its address now leads
   *     to another cluster
   */
  ClusterCommitter of(TransactionOrigin origin)
      throws IOException, InterruptedException, UnreachableException {
    ClusterCommitter known = byServers.get(origin.bootstrapServers());
    if (known != null) {
      return known;
    }
    ClusterCommitter found = isCurrent(origin.clusterId()) ? current : previous(origin);
    byServers.put(origin.bootstrapServers(), found);
    return found;
  }

  private boolean isCurrent(String clusterId) throws IOException, InterruptedException {
    try {
      return current.clients().clusterId().equals(clusterId);
    } catch (ExecutionException | KafkaException e) {
      throw new IOException(BrokerFailure.summarize(e, current.clients().bootstrapServers()), e);
    }
  }

  private ClusterCommitter previous(TransactionOrigin origin)
      throws InterruptedException, UnreachableException {
    String servers = origin.bootstrapServers();
    KafkaClientFactory clients = current.clients().withBootstrapServers(servers);
    String clusterId;
    try {
      clusterId = clients.clusterId();
    } catch (ExecutionException | KafkaException e) {
      throw new UnreachableException(
          "it is on %s, which the job wrote to before and which does not respond (%s). If the job was stopped with 'flink stop', the transaction was committed then"
              .formatted(servers, Causes.of(e).rootMessage()),
          e);
    }
    if (!clusterId.equals(origin.clusterId())) {
      throw new UnreachableException(
          "it is in Kafka cluster %s, but %s now leads to cluster %s"
              .formatted(origin.clusterId(), servers, clusterId),
          null);
    }
    return new ClusterCommitter(clients, factory.apply(clients.producer(), "-" + clusterId));
  }

  @Override
  public void close() throws Exception {
    for (ClusterCommitter cluster : Set.copyOf(byServers.values())) {
      cluster.committer().close();
    }
  }
}

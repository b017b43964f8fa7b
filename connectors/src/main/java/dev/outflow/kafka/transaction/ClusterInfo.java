package dev.outflow.kafka.transaction;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.UnsupportedVersionException;

/**
 * The properties of a Kafka cluster that affect transactions.
 *
 * @param maxTransactionTimeout {@code transaction.max.timeout.ms}; empty if not authorized to read
 *     it, which requires DESCRIBE_CONFIGS on the cluster
 */
public record ClusterInfo(String clusterId, Optional<Duration> maxTransactionTimeout) {
  private static final String MAX_TIMEOUT = "transaction.max.timeout.ms";

  /**
   * Asks the brokers.
   *
   * @throws ExecutionException with Kafka's error if they do not respond
   */
  public static ClusterInfo describe(Admin admin) throws ExecutionException, InterruptedException {
    String clusterId = admin.describeCluster().clusterId().get();
    return new ClusterInfo(clusterId, maxTransactionTimeout(admin));
  }

  /** The minimum of all brokers, because any of them can become the transaction coordinator. */
  private static Optional<Duration> maxTransactionTimeout(Admin admin)
      throws ExecutionException, InterruptedException {
    Collection<Node> brokers = admin.describeCluster().nodes().get();
    List<ConfigResource> resources =
        brokers.stream()
            .map(broker -> new ConfigResource(ConfigResource.Type.BROKER, broker.idString()))
            .toList();
    try {
      Map<ConfigResource, Config> configs = admin.describeConfigs(resources).all().get();
      return configs.values().stream()
          .map(config -> config.get(MAX_TIMEOUT))
          .filter(entry -> entry != null && entry.value() != null)
          .map(ConfigEntry::value)
          .map(milliseconds -> Duration.ofMillis(Long.parseLong(milliseconds)))
          .min(Duration::compareTo);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof AuthorizationException
          || e.getCause() instanceof UnsupportedVersionException) {
        return Optional.empty();
      }
      throw e;
    }
  }
}

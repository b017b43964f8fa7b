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
 * What a Kafka cluster says of itself that matters to transactions.
 *
 * @param clusterId its id
 * @param longestTransaction {@code transaction.max.timeout.ms}; empty if it may not be asked, which
 *     takes the permission DESCRIBE_CONFIGS on the cluster
 */
public record TransactionBroker(String clusterId, Optional<Duration> longestTransaction) {
  private static final String MAXIMUM = "transaction.max.timeout.ms";

  /**
   * Asks it.
   *
   * @throws ExecutionException with Kafka's own reason if it does not answer
   */
  public static TransactionBroker ask(Admin admin) throws ExecutionException, InterruptedException {
    String clusterId = admin.describeCluster().clusterId().get();
    return new TransactionBroker(clusterId, longestTransaction(admin));
  }

  /** The shortest of all brokers: which of them looks after a transaction is not known before. */
  private static Optional<Duration> longestTransaction(Admin admin)
      throws ExecutionException, InterruptedException {
    Collection<Node> brokers = admin.describeCluster().nodes().get();
    List<ConfigResource> asked =
        brokers.stream()
            .map(broker -> new ConfigResource(ConfigResource.Type.BROKER, broker.idString()))
            .toList();
    try {
      Map<ConfigResource, Config> answers = admin.describeConfigs(asked).all().get();
      return answers.values().stream()
          .map(config -> config.get(MAXIMUM))
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

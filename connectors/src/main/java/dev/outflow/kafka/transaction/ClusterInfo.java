package dev.outflow.kafka.transaction;

import dev.outflow.kafka.SettingsAnswer;
import dev.outflow.kafka.TopicSettings;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.config.ConfigResource;

/**
 * The properties of a Kafka cluster that affect transactions.
 *
 * @param maxTransactionTimeout {@code transaction.max.timeout.ms}, as far as the brokers report it;
 *     requires DESCRIBE_CONFIGS on the cluster
 */
public record ClusterInfo(String clusterId, SettingsAnswer<Duration> maxTransactionTimeout) {
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
  private static SettingsAnswer<Duration> maxTransactionTimeout(Admin admin)
      throws ExecutionException, InterruptedException {
    Collection<Node> brokers = admin.describeCluster().nodes().get();
    List<ConfigResource> resources =
        brokers.stream()
            .map(broker -> new ConfigResource(ConfigResource.Type.BROKER, broker.idString()))
            .toList();
    return SettingsAnswer.describe(admin, resources)
        .map(
            settings ->
                settings.values().stream()
                    .map(TopicSettings::new)
                    .map(broker -> broker.number(MAX_TIMEOUT))
                    .flatMap(limit -> limit.stream().boxed())
                    .min(Long::compare)
                    .map(Duration::ofMillis));
  }
}

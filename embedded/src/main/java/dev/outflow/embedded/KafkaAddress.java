package dev.outflow.embedded;

import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;

/** A Kafka cluster without authentication, in this JVM or in processes of its own. */
public interface KafkaAddress {
  /** Returns {@code host:port} of each broker, separated by commas. */
  String bootstrapServers();

  /** Returns a new admin client, which the caller closes. */
  default Admin admin() {
    return Admin.create(Map.of(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers()));
  }
}

package dev.outflow.embedded;

import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;

/** A Kafka that is reached without credentials, in this JVM or in processes of its own. */
public interface KafkaAddress {
  /** {@code host:port}, comma-separated if there are several. */
  String bootstrapServers();

  /** An admin client; the caller closes it. */
  default Admin admin() {
    return Admin.create(Map.of(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers()));
  }
}

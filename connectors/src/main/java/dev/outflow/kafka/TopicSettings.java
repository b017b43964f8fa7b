package dev.outflow.kafka;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.UnsupportedVersionException;

/** The settings of a topic, its own or those of the broker for it. */
public record TopicSettings(Config config) {

  /** Empty if they may not be asked for, which takes the permission DESCRIBE_CONFIGS. */
  public static Optional<TopicSettings> ask(Admin admin, String topic)
      throws ExecutionException, InterruptedException {
    ConfigResource asked = new ConfigResource(ConfigResource.Type.TOPIC, topic);
    try {
      return Optional.of(
          new TopicSettings(admin.describeConfigs(List.of(asked)).all().get().get(asked)));
    } catch (ExecutionException e) {
      if (e.getCause() instanceof AuthorizationException
          || e.getCause() instanceof UnsupportedVersionException) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** The value of a setting as Kafka writes it. */
  public Optional<String> find(String key) {
    return Optional.ofNullable(config.get(key)).map(ConfigEntry::value);
  }

  /** The value of a setting that is a number, or {@code otherwise} if it is not there. */
  public long number(String key, long otherwise) {
    return find(key).map(Long::parseLong).orElse(otherwise);
  }

  /** Whether the broker takes the time of arrival, whatever time the producer gives a record. */
  public boolean hasTimeOfArrival() {
    return find(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG)
        .filter("LogAppendTime"::equals)
        .isPresent();
  }

  /** Whether it keeps the last record of each key, and so refuses those without one. */
  public boolean isCompacted() {
    return find(TopicConfig.CLEANUP_POLICY_CONFIG).filter(it -> it.contains("compact")).isPresent();
  }

  /** {@code producer} if batches are kept as they come. */
  public String compression() {
    return find(TopicConfig.COMPRESSION_TYPE_CONFIG).orElse("producer");
  }

  /** Those that matter to a job, as Kafka writes them. */
  @Override
  public String toString() {
    return "%s %s, %s %s, %s %s"
        .formatted(
            TopicConfig.CLEANUP_POLICY_CONFIG,
            find(TopicConfig.CLEANUP_POLICY_CONFIG).orElse("?"),
            TopicConfig.RETENTION_MS_CONFIG,
            find(TopicConfig.RETENTION_MS_CONFIG).orElse("?"),
            TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG,
            find(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG).orElse("?"));
  }
}

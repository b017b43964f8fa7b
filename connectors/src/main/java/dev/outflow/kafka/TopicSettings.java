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

/** A topic's effective configuration: its own settings, or the broker's defaults. */
public record TopicSettings(Config config) {

  /** Returns the configuration; empty if not authorized to DESCRIBE_CONFIGS. */
  public static Optional<TopicSettings> ask(Admin admin, String topic)
      throws ExecutionException, InterruptedException {
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
    try {
      return Optional.of(
          new TopicSettings(admin.describeConfigs(List.of(resource)).all().get().get(resource)));
    } catch (ExecutionException e) {
      if (e.getCause() instanceof AuthorizationException
          || e.getCause() instanceof UnsupportedVersionException) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** Returns a setting's value as Kafka formats it. */
  public Optional<String> find(String key) {
    return Optional.ofNullable(config.get(key)).map(ConfigEntry::value);
  }

  /** Returns a numeric setting, or {@code fallback} if it is absent. */
  public long number(String key, long fallback) {
    return find(key).map(Long::parseLong).orElse(fallback);
  }

  /** Returns whether the broker replaces record timestamps with the time of arrival. */
  public boolean usesLogAppendTime() {
    return find(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG)
        .filter("LogAppendTime"::equals)
        .isPresent();
  }

  /** Returns whether the topic is compacted, so that the broker rejects records without a key. */
  public boolean isCompacted() {
    return find(TopicConfig.CLEANUP_POLICY_CONFIG)
        .filter(policy -> policy.contains("compact"))
        .isPresent();
  }

  /** Returns the topic's compression type; {@code producer} keeps batches as they arrive. */
  public String compression() {
    return find(TopicConfig.COMPRESSION_TYPE_CONFIG).orElse("producer");
  }

  /** Lists the settings that matter to a job. */
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

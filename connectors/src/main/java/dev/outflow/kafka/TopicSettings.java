package dev.outflow.kafka;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;

/** A topic's effective configuration: its own settings, or the broker's defaults. */
public record TopicSettings(Config config) {
  private static final Pattern NUMBER = Pattern.compile("-?\\d{1,18}|" + Long.MAX_VALUE);

  /**
   * Returns the configuration, as far as the brokers report it.
   *
   * @throws ExecutionException with Kafka's error if they do not respond
   */
  public static SettingsAnswer<TopicSettings> ask(Admin admin, String topic)
      throws ExecutionException, InterruptedException {
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
    return SettingsAnswer.describe(admin, List.of(resource))
        .map(settings -> Optional.ofNullable(settings.get(resource)).map(TopicSettings::new));
  }

  /** Returns a setting's value as Kafka formats it. */
  public Optional<String> find(String key) {
    return Optional.ofNullable(config.get(key)).map(ConfigEntry::value);
  }

  /** Returns a numeric setting, or {@code fallback} if it is unknown. */
  public long number(String key, long fallback) {
    return number(key).orElse(fallback);
  }

  /** Returns a numeric setting; empty if it is not reported, or not as a number. */
  public OptionalLong number(String key) {
    return find(key).filter(NUMBER.asMatchPredicate()).stream()
        .mapToLong(Long::parseLong)
        .findFirst();
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

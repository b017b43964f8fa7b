package dev.outflow.kafka.retention;

import dev.outflow.kafka.SettingsAnswer;
import dev.outflow.kafka.TopicSettings;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.common.config.TopicConfig;

/**
 * How long an input's topic keeps records, and thus how long a job that has read all of them can be
 * down without losing any.
 *
 * @param limit {@code retention.ms}; empty if unlimited or unknown
 * @param unknown why it is unknown; otherwise empty
 * @param maxBytes {@code retention.bytes} of each partition; empty if unlimited
 */
public record TopicRetention(Optional<Duration> limit, String unknown, OptionalLong maxBytes) {

  /** Returns the retention of a topic with these settings. */
  public static TopicRetention of(SettingsAnswer<TopicSettings> answer) {
    return answer.value().map(TopicRetention::of).orElseGet(() -> unknown(answer.refusal()));
  }

  /** Returns the retention of a topic with these settings. */
  public static TopicRetention of(TopicSettings settings) {
    boolean deletes =
        settings
            .find(TopicConfig.CLEANUP_POLICY_CONFIG)
            .filter(policy -> !policy.contains(TopicConfig.CLEANUP_POLICY_DELETE))
            .isEmpty();
    if (!deletes) {
      return new TopicRetention(Optional.empty(), "", OptionalLong.empty());
    }
    OptionalLong milliseconds = settings.number(TopicConfig.RETENTION_MS_CONFIG);
    if (milliseconds.isEmpty()) {
      return unknown("the brokers do not report " + TopicConfig.RETENTION_MS_CONFIG);
    }
    return new TopicRetention(
        milliseconds.getAsLong() < 0
            ? Optional.empty()
            : Optional.of(Duration.ofMillis(milliseconds.getAsLong())),
        "",
        positive(settings.number(TopicConfig.RETENTION_BYTES_CONFIG)));
  }

  /** Returns whether records are deleted after a time or beyond a size. */
  public boolean deletes() {
    return limit.isPresent() || maxBytes.isPresent();
  }

  /** Returns a retention that is unknown, with the reason. */
  public static TopicRetention unknown(String reason) {
    return new TopicRetention(Optional.empty(), reason, OptionalLong.empty());
  }

  private static OptionalLong positive(OptionalLong number) {
    return number.isPresent() && number.getAsLong() >= 0 ? number : OptionalLong.empty();
  }

  /** Returns whether the brokers report the retention. */
  public boolean isKnown() {
    return unknown.isEmpty();
  }

  /** The maximum safe downtime and how it is calculated, for operators. */
  @Override
  public String toString() {
    if (!isKnown()) {
      return "the maximum safe downtime is unknown: " + unknown;
    }
    String bytes =
        maxBytes.isPresent()
            ? ", unless more than %s %d are written to a partition"
                .formatted(TopicConfig.RETENTION_BYTES_CONFIG, maxBytes.getAsLong())
            : "";
    return limit
            .map(
                time ->
                    "downtime of up to %d s loses no unread record (%s %d)"
                        .formatted(
                            time.toSeconds(), TopicConfig.RETENTION_MS_CONFIG, time.toMillis()))
            .orElse("downtime loses no unread record (no time limit of retention)")
        + bytes;
  }
}

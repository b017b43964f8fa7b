package dev.outflow.kafka.output;

import dev.outflow.kafka.TopicSettings;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.apache.kafka.common.config.TopicConfig;

/**
 * The timestamps that a topic accepts. A record with any other fails the whole transaction, again
 * at every restart, unless the broker uses the time of arrival.
 *
 * <p>Not thread-safe.
 */
final class TimestampLimits {
  /** Kafka's default since 4.0, for a topic whose settings are unknown. */
  private static final long DEFAULT_MAX_FUTURE = Duration.ofHours(1).toMillis();

  /** Allows for clock skew and for two minutes of retries ({@code delivery.timeout.ms}). */
  private static final long MARGIN = Duration.ofMinutes(3).toMillis();

  /** The limit for both directions before Kafka 4.0, whose clients have no constant for it. */
  private static final String DIFFERENCE = "message.timestamp.difference.max.ms";

  private final long maxPast;
  private final long maxFuture;
  private final Clock clock;
  private long lastRead;

  /**
   * Creates limits.
   *
   * @param maxPast how many ms a timestamp may lie in the past
   * @param maxFuture how many ms it may lie in the future
   */
  private TimestampLimits(long maxPast, long maxFuture, Clock clock) {
    this.maxPast = maxPast;
    this.maxFuture = maxFuture;
    this.clock = clock;
  }

  /** Derives the limits of a topic, whose settings may be unknown. */
  static TimestampLimits of(Optional<TopicSettings> topic, Clock clock) {
    if (topic.isEmpty()) {
      return new TimestampLimits(Long.MAX_VALUE, DEFAULT_MAX_FUTURE, clock);
    }
    TopicSettings settings = topic.get();
    if (settings.usesLogAppendTime()) {
      return new TimestampLimits(Long.MAX_VALUE, Long.MAX_VALUE, clock);
    }
    long difference = settings.number(DIFFERENCE, Long.MAX_VALUE);
    return new TimestampLimits(
        Math.min(
            difference,
            settings.number(TopicConfig.MESSAGE_TIMESTAMP_BEFORE_MAX_MS_CONFIG, Long.MAX_VALUE)),
        Math.min(
            difference,
            settings.number(TopicConfig.MESSAGE_TIMESTAMP_AFTER_MAX_MS_CONFIG, Long.MAX_VALUE)),
        clock);
  }

  /**
   * Returns the timestamp if the topic accepts it, and otherwise null, the time of sending.
   *
   * @param timestamp in ms since 1970, not negative; null for none
   */
  Long accepted(Long timestamp) {
    if (timestamp == null) {
      return null;
    }
    if (maxPast == Long.MAX_VALUE && timestamp - lastRead <= maxFuture - MARGIN) {
      return timestamp; // The clock has advanced since; to read it for every record is expensive.
    }
    lastRead = clock.millis();
    long ahead = timestamp - lastRead;
    return ahead > maxFuture - MARGIN || -ahead > maxPast - MARGIN ? null : timestamp;
  }
}

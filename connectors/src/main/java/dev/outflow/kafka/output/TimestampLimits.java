package dev.outflow.kafka.output;

import dev.outflow.kafka.TopicSettings;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.apache.kafka.common.config.TopicConfig;

/**
 * Which timestamps a topic takes. The broker refuses a record that has another one, and with it the
 * whole transaction, at every attempt anew. It does not if it takes the time of arrival itself.
 *
 * @param before how many ms a timestamp may lie in the past
 * @param after how many ms it may lie in the future
 */
record TimestampLimits(long before, long after, Clock clock) {
  /** Kafka's own since 4.0, for a topic that may not be asked. */
  private static final long USUAL_AFTER = Duration.ofHours(1).toMillis();

  /** Clocks differ, and a producer can try for two minutes ({@code delivery.timeout.ms}). */
  private static final long MARGIN = Duration.ofMinutes(3).toMillis();

  /** Of brokers before 4.0, for both directions; the clients of 4.0 have no name for it. */
  private static final String DIFFERENCE = "message.timestamp.difference.max.ms";

  /** Of a topic, as far as its settings are known. */
  static TimestampLimits of(Optional<TopicSettings> topic, Clock clock) {
    if (topic.isEmpty()) {
      return new TimestampLimits(Long.MAX_VALUE, USUAL_AFTER, clock);
    }
    TopicSettings settings = topic.get();
    if (settings.hasTimeOfArrival()) {
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
   * The timestamp to send a record with.
   *
   * @param time in ms since 1970, not negative; null for none
   * @return null, for which Kafka takes the time of sending, if the topic would refuse it
   */
  Long accepted(Long time) {
    if (time == null) {
      return null;
    }
    long ahead = time - clock.millis();
    return ahead > after - MARGIN || -ahead > before - MARGIN ? null : time;
  }
}

package dev.outflow.kafka.output;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outflow.kafka.TopicSettings;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.junit.jupiter.api.Test;

/** Which event times are sent as timestamps, so that no broker rejects a record for it. */
class TimestampLimitsTest {
  private static final String HOUR = "3600000";
  private static final Instant NOW = Instant.parse("2026-11-24T10:00:00Z");

  @Test
  void dropsTimestampsThatTheTopicWouldReject() {
    TimestampLimits limits =
        topic(
            Map.of(
                "message.timestamp.after.max.ms", HOUR, "message.timestamp.before.max.ms", HOUR));

    assertThat(limits.accepted(minutes(0))).isEqualTo(minutes(0));
    assertThat(limits.accepted(minutes(56))).isEqualTo(minutes(56));
    assertThat(limits.accepted(minutes(59))).as("a clock may be behind").isNull();
    assertThat(limits.accepted(minutes(61))).isNull();
    assertThat(limits.accepted(minutes(-56))).isEqualTo(minutes(-56));
    assertThat(limits.accepted(minutes(-59))).as("sending may take minutes").isNull();
    assertThat(limits.accepted(0L)).isNull();
    assertThat(limits.accepted(Long.MAX_VALUE)).isNull();
    assertThat(limits.accepted(null)).isNull();
  }

  @Test
  void supportsTheSettingOfOlderBrokers() {
    TimestampLimits limits = topic(Map.of("message.timestamp.difference.max.ms", HOUR));

    assertThat(limits.accepted(minutes(61))).isNull();
    assertThat(limits.accepted(minutes(-61))).isNull();
    assertThat(limits.accepted(minutes(10))).isEqualTo(minutes(10));
  }

  @Test
  void acceptsAllTimestampsWithLogAppendTime() {
    TimestampLimits limits =
        topic(
            Map.of(
                "message.timestamp.type", "LogAppendTime", "message.timestamp.after.max.ms", HOUR));

    assertThat(limits.accepted(minutes(61))).isEqualTo(minutes(61));
  }

  @Test
  void acceptsAllTimestampsWithoutLimits() {
    TimestampLimits limits = topic(Map.of());

    assertThat(limits.accepted(0L)).isZero();
    assertThat(limits.accepted(Long.MAX_VALUE)).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void usesKafkasDefaultIfSettingsAreUnknown() {
    TimestampLimits limits = TimestampLimits.of(Optional.empty(), Clock.fixed(NOW, ZoneOffset.UTC));

    assertThat(limits.accepted(minutes(61))).isNull();
    assertThat(limits.accepted(0L)).isZero();
  }

  @Test
  void limitsMoveWithTheClock() {
    AtomicLong now = new AtomicLong(minutes(0));
    InstantSource time = () -> Instant.ofEpochMilli(now.get());
    TimestampLimits limits = TimestampLimits.of(Optional.empty(), time.withZone(ZoneOffset.UTC));

    assertThat(limits.accepted(minutes(50))).isEqualTo(minutes(50));
    assertThat(limits.accepted(minutes(61))).isNull();
    now.set(minutes(10));
    assertThat(limits.accepted(minutes(61))).isEqualTo(minutes(61));
    assertThat(limits.accepted(minutes(71))).isNull();
  }

  private static long minutes(int later) {
    return NOW.plus(Duration.ofMinutes(later)).toEpochMilli();
  }

  private static TimestampLimits topic(Map<String, String> settings) {
    List<ConfigEntry> entries =
        settings.entrySet().stream()
            .map(setting -> new ConfigEntry(setting.getKey(), setting.getValue()))
            .toList();
    return TimestampLimits.of(
        Optional.of(new TopicSettings(new Config(entries))), Clock.fixed(NOW, ZoneOffset.UTC));
  }
}

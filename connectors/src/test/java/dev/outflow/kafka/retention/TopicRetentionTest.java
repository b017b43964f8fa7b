package dev.outflow.kafka.retention;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outflow.kafka.SettingsAnswer;
import dev.outflow.kafka.TopicSettings;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.junit.jupiter.api.Test;

class TopicRetentionTest {
  @Test
  void isTheRetentionTimeOfTheTopic() {
    TopicRetention week = retention(Map.of("retention.ms", "604800000", "retention.bytes", "-1"));

    assertThat(week.limit()).hasValue(Duration.ofDays(7));
    assertThat(week)
        .hasToString("downtime of up to 604800 s loses no unread record (retention.ms 604800000)");
  }

  @Test
  void mentionsTheSizeThatCanEndItEarlier() {
    assertThat(retention(Map.of("retention.ms", "1000", "retention.bytes", "5")))
        .hasToString(
            "downtime of up to 1 s loses no unread record (retention.ms 1000), unless more than retention.bytes 5 are written to a partition");
  }

  @Test
  void isUnlimitedWithoutATimeOrIfOldRecordsAreOnlyCompacted() {
    assertThat(retention(Map.of("retention.ms", "-1")))
        .isEqualTo(retention(Map.of("retention.ms", "1000", "cleanup.policy", "compact")))
        .hasToString("downtime loses no unread record (no time limit of retention)");
    assertThat(
            retention(Map.of("retention.ms", "1000", "cleanup.policy", "compact,delete")).limit())
        .isPresent();
  }

  @Test
  void isUnknownIfTheBrokersDoNotReportIt() {
    assertThat(retention(Map.of()).isKnown()).isFalse();
    assertThat(TopicRetention.of(new SettingsAnswer<>(Optional.empty(), "not authorized")))
        .hasToString("the maximum safe downtime is unknown: not authorized");
  }

  private static TopicRetention retention(Map<String, String> settings) {
    return TopicRetention.of(
        new TopicSettings(
            new Config(
                settings.entrySet().stream()
                    .map(entry -> new ConfigEntry(entry.getKey(), entry.getValue()))
                    .toList())));
  }
}

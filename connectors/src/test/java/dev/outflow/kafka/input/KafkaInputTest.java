package dev.outflow.kafka.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.outflow.kafka.option.InvalidOptionsException;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KafkaInputTest {

  @Test
  void readsCommittedRecordsFromWhereItsGroupLeftOff() {
    assertThat(input(Map.of()).flinkOptions())
        .containsEntry("properties.isolation.level", "read_committed")
        .containsEntry("properties.group.id", "job-orders")
        .containsEntry("scan.startup.mode", "group-offsets")
        .containsEntry("properties.auto.offset.reset", "earliest");
  }

  @Test
  void canBeginAtATime() {
    assertThat(input(Map.of("start", "2026-11-23T10:15:00Z")).flinkOptions())
        .containsEntry("scan.startup.mode", "timestamp")
        .containsEntry("scan.startup.timestamp-millis", "1795428900000");
  }

  @Test
  void canEndWithWhatTheTopicHolds() {
    assertThat(input(Map.of("bounded", "true")).flinkOptions())
        .containsEntry("scan.bounded.mode", "latest-offset");
  }

  @Test
  void propertiesOfKafkaHaveTheLastWord() {
    assertThat(input(Map.of("kafka.isolation.level", "read_uncommitted")).flinkOptions())
        .containsEntry("properties.isolation.level", "read_uncommitted");
  }

  @Test
  void everythingThatIsWrongIsToldAtOnce() {
    assertThatExceptionOfType(InvalidOptionsException.class)
        .isThrownBy(
            () -> KafkaInput.of(Map.of("start", "yesterday", "kafka.group.id", "x"), "name"))
        .withMessage(
            """
            bootstrap-servers: is required
            topic: is required
            start: 'yesterday' is none of earliest, committed, job-start or a time such as \
            2026-11-23T10:15:00Z""");
  }

  private static KafkaInput input(Map<String, String> more) {
    Map<String, String> options = new HashMap<>();
    options.put("bootstrap-servers", "broker:9092");
    options.put("topic", "orders");
    options.putAll(more);
    return KafkaInput.of(options, "job-orders");
  }
}

package dev.outflow.kafka.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.outflow.option.InvalidOptionsException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KafkaInputTest {
  private static final Map<String, String> EVENT_HUBS =
      Map.of(
          "bootstrap-servers", "my-namespace.servicebus.windows.net:9093",
          "security-protocol", "sasl_ssl",
          "sasl-mechanism", "OAUTHBEARER");

  @Test
  void readsCommittedRecordsFromTheCommittedOffsetsByDefault() {
    assertThat(input(Map.of()).consumerProperties())
        .containsEntry("isolation.level", "read_committed")
        .containsEntry("group.id", "job-orders");
    assertThat(input(Map.of()).start()).isEqualTo(new StartPosition.Committed());
    assertThat(input(Map.of()).start().offsets().getAutoOffsetResetStrategy())
        .hasToString("earliest");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "custom: 2026-11-23T10:15:00Z",
        "custom:2026-11-23T10:15Z",
        "2026-11-23T10:15:00Z",
        " 2026-11-23 10:15:00.000Z ",
        "custom: 2026-11-23T11:15:00+01:00",
        "custom: 2026-11-23t11:15+01:00",
      })
  void acceptsAllFormsOfAStartTime(String start) {
    assertThat(input(Map.of("start", start)).start())
        .isEqualTo(new StartPosition.Custom(Instant.parse("2026-11-23T10:15:00Z")));
  }

  @Test
  void dateMeansMidnightUtc() {
    assertThat(input(Map.of("start", "custom: 2026-11-23")).start())
        .isEqualTo(new StartPosition.Custom(Instant.parse("2026-11-23T00:00:00Z")));
  }

  @Test
  void supportsTheOutputStartModesOfStreamAnalytics() {
    assertThat(input(Map.of("start", "job-start")).start()).isEqualTo(new StartPosition.JobStart());
    assertThat(input(Map.of("start", "earliest")).start()).isEqualTo(new StartPosition.Earliest());
    assertThat(input(Map.of("start", "last-stopped")).groupThatHasRead()).contains("job-orders");
    assertThat(input(Map.of("start", "committed")).groupThatHasRead()).isEmpty();
  }

  @Test
  void rejectsAmbiguousAndFutureStartTimes() {
    assertStart(
        "custom: 2026-11-23T10:15:00",
        "2026-11-23T10:15:00 has no time zone; append Z for UTC, or an offset:"
            + " 2026-11-23T10:15:00Z, 2026-11-23T10:15:00+01:00");
    assertStart(
        "custom: soon",
        "'custom: soon' is not a valid time; use ISO-8601, e.g. 2026-11-24T10:00:00Z");
    assertStart(
        "custom: 2026-13-01",
        "'custom: 2026-13-01' is not a valid time; use ISO-8601, e.g. 2026-11-24T10:00:00Z");
    assertStart(
        "23.11.2026",
        "'23.11.2026' is invalid; expected one of job-start, last-stopped, earliest, committed,"
            + " 'custom: 2026-11-24T10:00:00Z'");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                StartPosition.parse(
                    "custom: 2026-11-23T13:15Z", Instant.parse("2026-11-23T10:15:00Z")))
        .withMessage(
            "2026-11-23T13:15Z is 3 h in the future; to read only new records, use job-start");
  }

  private static void assertStart(String start, String message) {
    assertThatExceptionOfType(InvalidOptionsException.class)
        .isThrownBy(() -> input(Map.of("start", start)))
        .withMessage("start: " + message);
  }

  @Test
  void kafkaPropertiesOverrideTheDefaults() {
    assertThat(input(Map.of("kafka.isolation.level", "read_uncommitted")).consumerProperties())
        .containsEntry("isolation.level", "read_uncommitted");
  }

  @Test
  void needsNoFurtherSettingForEventHubs() {
    assertThat(input(EVENT_HUBS).consumerProperties())
        .containsEntry("request.timeout.ms", "60000")
        .containsEntry("metadata.max.age.ms", "180000")
        .containsEntry("connections.max.idle.ms", "180000")
        .doesNotContainKeys("max.request.size", "metadata.max.idle.ms");
  }

  @Test
  void rejectsADefaultGroupThatIsTooLongForEventHubs() {
    Map<String, String> options = new HashMap<>(EVENT_HUBS);
    options.put("topic", "orders");

    assertThatExceptionOfType(InvalidOptionsException.class)
        .isThrownBy(() -> KafkaInput.of(options, "j".repeat(300)))
        .withMessage(
            "consumer-group-id: has 300 characters, but Event Hubs allows 256; shorten it");
  }

  @Test
  void reportsAllProblemsAtOnce() {
    assertThatExceptionOfType(InvalidOptionsException.class)
        .isThrownBy(
            () -> KafkaInput.of(Map.of("start", "yesterday", "kafka.group.id", "x"), "name"))
        .withMessage(
            """
            topic: is required
            bootstrap-servers: is required
            start: 'yesterday' is invalid; expected one of job-start, last-stopped, earliest, \
            committed, 'custom: 2026-11-24T10:00:00Z\'""");
  }

  private static KafkaInput input(Map<String, String> more) {
    Map<String, String> options = new HashMap<>();
    options.put("bootstrap-servers", "broker:9092");
    options.put("topic", "orders");
    options.putAll(more);
    return KafkaInput.of(options, "job-orders");
  }
}

package dev.outflow.compose;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JobTimeZoneTest {
  private static final Instant NOW = Instant.parse("2026-11-24T10:00:00Z");

  @ParameterizedTest
  @ValueSource(strings = {"UTC", "Europe/Berlin", "GMT+05:30", "Asia/Kolkata"})
  void acceptsTheZonesThatFlinkAccepts(String zone) {
    assertThat(JobTimeZone.problem(zone)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Mars/Base     | 'Mars/Base' is not a time zone; use UTC, the name of a zone such as Europe/Berlin, or an offset such as GMT+02:00
          Europe/Berlni | 'Europe/Berlni' is not a time zone; use UTC, the name of a zone such as Europe/Berlin, or an offset such as GMT+02:00; did you mean 'Europe/Berlin'?
          +05:30        | '+05:30' is not a time zone; use UTC, the name of a zone such as Europe/Berlin, or an offset such as GMT+02:00
          default       | 'default' is the time zone of the machine that submits the job; set a zone such as Europe/Berlin, or remove it for UTC
          """,
      quoteCharacter = '"')
  void explainsWhyAZoneIsNotAccepted(String zone, String message) {
    assertThat(JobTimeZone.problem(zone)).contains(message);
  }

  @ParameterizedTest
  @CsvSource({
    "UTC, PT24H, false",
    "Asia/Kolkata, PT30M, false",
    "Asia/Kolkata, PT1H, true",
    "Asia/Shanghai, PT1H, false",
    "Asia/Shanghai, PT24H, true",
    "GMT-03:00, PT3H, false",
    "GMT-03:00, PT2H, true",
    "Europe/Berlin, PT24H, false",
  })
  void knowsWhereAggregationsOfWindowsLoseRecords(String zone, Duration slice, boolean loses) {
    assertThat(new JobTimeZone(ZoneId.of(zone)).loses(slice, NOW)).isEqualTo(loses);
  }

  @ParameterizedTest
  @CsvSource({
    "UTC, PT10S, false",
    "Asia/Kolkata, PT10S, false",
    "Europe/Berlin, PT10S, true",
    "Europe/Berlin, PT1H, true",
    "Europe/Berlin, PT24H, false",
    "Australia/Lord_Howe, PT168H, false",
    "America/Sao_Paulo, PT10S, false",
  })
  void knowsWhereWindowsAreMerged(String zone, Duration slice, boolean merges) {
    assertThat(new JobTimeZone(ZoneId.of(zone)).merges(slice, NOW)).isEqualTo(merges);
  }

  @Test
  void treatsAllNamesOfUtcAlike() {
    assertThat(new JobTimeZone(ZoneId.of("Etc/UTC")).isUtc()).isTrue();
    assertThat(new JobTimeZone(ZoneId.of("GMT")).isUtc()).isTrue();
    assertThat(new JobTimeZone(ZoneId.of("Europe/London")).isUtc()).isFalse();
  }
}

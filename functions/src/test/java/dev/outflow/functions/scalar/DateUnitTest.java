package dev.outflow.functions.scalar;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDateTime;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DateUnitTest {
  private static final LocalDateTime BEFORE = LocalDateTime.parse("2025-12-31T23:59:59.999999");
  private static final LocalDateTime AFTER = LocalDateTime.parse("2026-01-01T00:00:00");

  @Test
  void changesAtTheTurnOfTheYear() {
    for (DateUnit unit : DateUnit.values()) {
      long expected = unit == DateUnit.WEEK ? 0 : 1; // January 1 of 2026 is a Thursday.
      assertThat(unit.boundaries(BEFORE, AFTER)).as(unit.name()).isEqualTo(expected);
      assertThat(unit.boundaries(AFTER, BEFORE)).as(unit.name()).isEqualTo(-expected);
    }
  }

  @Test
  void countsWeeksFromSunday() {
    assertThat(
            Map.of(
                "2026-01-01",
                1,
                "2026-01-03",
                1,
                "2026-01-04",
                2,
                "2023-01-01",
                1,
                "2024-12-31",
                53))
        .allSatisfy(
            (day, week) ->
                assertThat(DateUnit.WEEK.in(LocalDateTime.parse(day + "T00:00:00")))
                    .as(day)
                    .isEqualTo(week));
  }

  @Test
  void hasNamesAndAbbreviations() {
    assertThat(DateUnit.of("Second")).contains(DateUnit.SECOND);
    assertThat(DateUnit.of("ss")).contains(DateUnit.SECOND);
    assertThat(DateUnit.of("mcs")).contains(DateUnit.MICROSECOND);
    assertThat(DateUnit.of("seconds")).isEmpty();
  }
}

package dev.outflow.functions.scalar;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class DateTimeTextTest {
  private static final Instant NOON = Instant.parse("2014-09-10T12:00:00Z");

  @Test
  void readsFormsOfIso8601() {
    assertThat(
            new String[] {
              "2014-09-10T12:00:00Z",
              "2014-09-10T12:00:00.0000000Z",
              "2014-09-10 12:00:00",
              "2014-09-10T12:00",
              "2014-09-10T14:00:00+02:00",
              "2014-09-10T14:00:00+0200",
              " 2014-09-10T14:00:00+02 "
            })
        .allSatisfy(text -> assertThat(DateTimeText.read(text)).contains(NOON));
    assertThat(DateTimeText.read("2014-09-10")).contains(Instant.parse("2014-09-10T00:00:00Z"));
  }

  @Test
  void readsNothingElse() {
    assertThat(new String[] {"", "noon", "2014-13-10", "2014-09-10T25:00:00Z", "10/09/2014", "1"})
        .allSatisfy(text -> assertThat(DateTimeText.read(text)).isEmpty());
  }

  @Test
  void writesSevenDecimals() {
    assertThat(DateTimeText.of(NOON.plusNanos(123_456_789)))
        .isEqualTo("2014-09-10T12:00:00.1234567Z");
  }
}

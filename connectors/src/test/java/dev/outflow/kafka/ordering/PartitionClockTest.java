package dev.outflow.kafka.ordering;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outflow.kafka.error.ErrorCode;
import java.time.Duration;
import java.time.LocalTime;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PartitionClockTest {
  private static final long NONE = PartitionClock.NONE;

  /** With {@code late} 15 s and {@code out-of-order} 8 s. */
  private final PartitionClock clock = clock(15);

  private static PartitionClock clock(long lateSeconds) {
    return new PartitionClock(
        new EventOrdering(
            Duration.ofSeconds(lateSeconds), Duration.ofSeconds(8), OrderingPolicy.ADJUST));
  }

  @Test
  void reproducesTheExampleInAzureStreamAnalyticsDocumentation() {
    assertThat(adjusted("00:10:00", "00:10:40")).isEqualTo(late("00:10:25"));
    assertThat(adjusted("00:10:30", "00:10:41")).isEqualTo(unchanged("00:10:30"));
    assertThat(adjusted("00:10:42", "00:10:42")).isEqualTo(unchanged("00:10:42"));
    assertThat(adjusted("00:10:38", "00:10:43")).isEqualTo(unchanged("00:10:38"));
    assertThat(adjusted("00:10:35", "00:10:45")).isEqualTo(outOfOrder("00:10:37"));
  }

  @ParameterizedTest
  @CsvSource({
    "00:10:25, 00:10:25", // As late as allowed.
    "00:10:40, 00:10:40",
    "00:15:40, 00:15:40", // As early as allowed.
  })
  void keepsTimesExactlyAtTheBounds(String event, String result) {
    assertThat(adjusted(event, "00:10:40")).isEqualTo(unchanged(result));
  }

  @Test
  void moreThanFiveMinutesAheadOfArrivalIsEarly() {
    assertThat(adjusted("00:15:40.001", "00:10:40"))
        .isEqualTo(AdjustedTime.adjusted(millis("00:15:40"), ErrorCode.EARLY_INPUT));
  }

  @Test
  void oneSenderWithAWrongClockDoesNotAffectTheOthers() {
    adjusted("00:10:40", "00:10:40");
    adjusted("09:00:00", "00:10:41");
    assertThat(adjusted("00:11:40", "00:11:40")).isEqualTo(unchanged("00:11:40"));
  }

  @Test
  void timeAdvancesWithArrivalIfAllSendersClocksAreWrong() {
    adjusted("09:00:00", "00:10:40");
    adjusted("09:00:00", "00:20:40");
    assertThat(clock.bound()).isEqualTo(millis("00:20:32"));
  }

  @Test
  void constantDelayIsNotDisorder() {
    PartitionClock lenient = clock(3600);
    for (int second = 0; second < 60; second++) {
      long event = millis("00:10:00") + 1000L * (second - second % 3);
      assertThat(lenient.adjust(event, event + 600_000, NONE))
          .isEqualTo(AdjustedTime.unchanged(event));
    }
  }

  @Test
  void boundReachesTheLatestTimeDuringAPause() {
    adjusted("00:10:40", "00:10:40");
    adjusted("00:10:39", "00:10:50");
    assertThat(clock.bound()).isEqualTo(millis("00:10:40"));
  }

  @Test
  void boundDoesNotDecreaseWhenDelaysGrow() {
    adjusted("00:10:40", "00:10:40");
    adjusted("00:10:40", "00:10:48");
    assertThat(clock.bound()).isEqualTo(millis("00:10:40"));
    adjusted("00:10:41", "00:10:49");
    assertThat(clock.bound()).isEqualTo(millis("00:10:40"));
  }

  @Test
  void noTimeIsBeforeTheWatermark() {
    adjusted("00:10:40", "00:10:40");
    AdjustedTime behind = clock.adjust(millis("00:10:41"), millis("00:10:41"), millis("00:10:43"));
    assertThat(behind).isEqualTo(outOfOrder("00:10:43"));
  }

  @Test
  void nothingIsLateWithoutALimit() {
    PartitionClock unlimited =
        new PartitionClock(new EventOrdering(null, Duration.ZERO, OrderingPolicy.ADJUST));
    assertThat(unlimited.adjust(0, millis("00:10:40"), NONE)).isEqualTo(AdjustedTime.unchanged(0));
  }

  private AdjustedTime adjusted(String event, String arrival) {
    return clock.adjust(millis(event), millis(arrival), NONE);
  }

  private static AdjustedTime unchanged(String time) {
    return new AdjustedTime(millis(time), Optional.empty());
  }

  private static AdjustedTime late(String time) {
    return AdjustedTime.adjusted(millis(time), ErrorCode.LATE_INPUT);
  }

  private static AdjustedTime outOfOrder(String time) {
    return AdjustedTime.adjusted(millis(time), ErrorCode.OUT_OF_ORDER);
  }

  private static long millis(String time) {
    return LocalTime.parse(time).toNanoOfDay() / 1_000_000;
  }
}

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

  /** Late 15 s, out of order 8 s. */
  private final PartitionClock clock = clock(15);

  private static PartitionClock clock(long lateSeconds) {
    return new PartitionClock(
        new EventOrdering(
            Duration.ofSeconds(lateSeconds), Duration.ofSeconds(8), OrderingPolicy.ADJUST));
  }

  /** The example of Azure Stream Analytics' documentation, in one order of arrival. */
  @Test
  void theExampleOfAzureStreamAnalyticsGivesItsTimes() {
    assertThat(placed("00:10:00", "00:10:40")).isEqualTo(late("00:10:25"));
    assertThat(placed("00:10:30", "00:10:41")).isEqualTo(asItIs("00:10:30"));
    assertThat(placed("00:10:42", "00:10:42")).isEqualTo(asItIs("00:10:42"));
    assertThat(placed("00:10:38", "00:10:43")).isEqualTo(asItIs("00:10:38"));
    assertThat(placed("00:10:35", "00:10:45")).isEqualTo(outOfOrder("00:10:37"));
  }

  @ParameterizedTest
  @CsvSource({
    "00:10:25, 00:10:25", // Late by as much as it may be.
    "00:10:40, 00:10:40",
    "00:15:40, 00:15:40", // Early by as much as it may be.
  })
  void aTimeOnTheEdgeStaysAsItIs(String event, String result) {
    assertThat(placed(event, "00:10:40")).isEqualTo(asItIs(result));
  }

  @Test
  void moreThanFiveMinutesAheadOfArrivalIsEarly() {
    assertThat(placed("00:15:40.001", "00:10:40"))
        .isEqualTo(AdjustedTime.because(ErrorCode.EARLY_INPUT, millis("00:15:40")));
  }

  @Test
  void oneWrongClockDoesNotTakeTheTimesOfTheOthersAway() {
    placed("00:10:40", "00:10:40");
    placed("09:00:00", "00:10:41");
    assertThat(placed("00:11:40", "00:11:40")).isEqualTo(asItIs("00:11:40"));
  }

  @Test
  void timeGoesOnWhereAllClocksAreWrong() {
    placed("09:00:00", "00:10:40");
    placed("09:00:00", "00:20:40");
    assertThat(clock.bound()).isEqualTo(millis("00:20:32"));
  }

  @Test
  void aDelayThatIsTheSameForAllIsNoDisorder() {
    PartitionClock patient = clock(3600);
    for (int second = 0; second < 60; second++) {
      long event = millis("00:10:00") + 1000L * (second - second % 3);
      assertThat(patient.place(event, event + 600_000, NONE)).isEqualTo(AdjustedTime.asItIs(event));
    }
  }

  @Test
  void silenceEndsWhatMayBeOutOfOrder() {
    placed("00:10:40", "00:10:40");
    placed("00:10:39", "00:10:50");
    assertThat(clock.bound()).isEqualTo(millis("00:10:40"));
  }

  @Test
  void theBoundStaysThoughDelaysGrow() {
    placed("00:10:40", "00:10:40");
    placed("00:10:40", "00:10:48");
    assertThat(clock.bound()).isEqualTo(millis("00:10:40"));
    placed("00:10:41", "00:10:49");
    assertThat(clock.bound()).isEqualTo(millis("00:10:40"));
  }

  @Test
  void noTimeIsBeforeWhatHasBeenPromised() {
    placed("00:10:40", "00:10:40");
    AdjustedTime behind = clock.place(millis("00:10:41"), millis("00:10:41"), millis("00:10:43"));
    assertThat(behind).isEqualTo(outOfOrder("00:10:43"));
  }

  @Test
  void withoutABoundNothingIsLate() {
    PartitionClock endless =
        new PartitionClock(new EventOrdering(null, Duration.ZERO, OrderingPolicy.ADJUST));
    assertThat(endless.place(0, millis("00:10:40"), NONE)).isEqualTo(AdjustedTime.asItIs(0));
  }

  private AdjustedTime placed(String event, String arrival) {
    return clock.place(millis(event), millis(arrival), NONE);
  }

  private static AdjustedTime asItIs(String time) {
    return new AdjustedTime(millis(time), Optional.empty());
  }

  private static AdjustedTime late(String time) {
    return AdjustedTime.because(ErrorCode.LATE_INPUT, millis(time));
  }

  private static AdjustedTime outOfOrder(String time) {
    return AdjustedTime.because(ErrorCode.OUT_OF_ORDER, millis(time));
  }

  private static long millis(String time) {
    return LocalTime.parse(time).toNanoOfDay() / 1_000_000;
  }
}

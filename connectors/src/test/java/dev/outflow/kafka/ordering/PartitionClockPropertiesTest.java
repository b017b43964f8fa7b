package dev.outflow.kafka.ordering;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outflow.kafka.error.ErrorCode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Invariants that hold for every stream of one partition. Each seed generates a different stream
 * and ordering; {@code -Dordering.seed=N} runs only seed N, {@code -Dordering.seeds=N} runs N of
 * them.
 */
class PartitionClockPropertiesTest {
  private static final long NONE = PartitionClock.NONE;
  private static final int RECORDS = 400;

  private static final class Stream {
    private final Random random;
    private final EventOrdering ordering;
    private final List<long[]> records = new ArrayList<>();

    /** Varying delays, disorder, wrong clocks and pauses; arrivals in order or not. */
    Stream(long seed, boolean arrivalsInOrder) {
      random = new Random(seed);
      Duration late = random.nextInt(4) == 0 ? null : Duration.ofMillis(random.nextInt(60_000));
      ordering =
          new EventOrdering(late, Duration.ofMillis(random.nextInt(30_000)), OrderingPolicy.ADJUST);
      long arrival = 1_000_000_000L + random.nextInt(1000);
      long delay = random.nextInt(40_000);
      for (int i = 0; i < RECORDS; i++) {
        arrival += random.nextInt(20) == 0 ? random.nextInt(120_000) : random.nextInt(2000);
        delay += random.nextInt(4001) - 2000;
        long event = arrival - delay - random.nextInt(10_000);
        event += random.nextInt(50) == 0 ? random.nextInt(2_000_000) - 1_000_000 : 0;
        long jitter = arrivalsInOrder ? 0 : random.nextInt(20_000);
        records.add(new long[] {event, arrival - jitter});
      }
    }

    PartitionClock clock() {
      return new PartitionClock(ordering);
    }

    long late() {
      return ordering.late() == null ? Long.MAX_VALUE : ordering.late().toMillis();
    }
  }

  static LongStream seeds() {
    Long one = Long.getLong("ordering.seed");
    return one != null
        ? LongStream.of(one)
        : LongStream.range(0, Long.getLong("ordering.seeds", 300));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void adjustsExactlyTheTimesThatAreOutsideTheBounds(long seed) {
    Stream stream = new Stream(seed, true);
    PartitionClock clock = stream.clock();
    long latest = NONE;
    for (long[] record : stream.records) {
      long event = record[0];
      long arrival = record[1];
      AdjustedTime adjusted = clock.adjust(event, arrival, NONE);

      assertThat(adjusted.time()).isLessThanOrEqualTo(arrival + EventOrdering.EARLY.toMillis());
      assertThat(arrival - adjusted.time()).isLessThanOrEqualTo(stream.late());
      if (latest != NONE) {
        assertThat(latest - adjusted.time())
            .isLessThanOrEqualTo(stream.ordering.outOfOrder().toMillis());
      }
      boolean within =
          arrival - event <= stream.late()
              && event - arrival <= EventOrdering.EARLY.toMillis()
              && event >= clock.bound();
      assertThat(adjusted.reason().isEmpty()).isEqualTo(within);
      assertThat(adjusted.time() == event).isEqualTo(within);
      if (!adjusted.reason().equals(Optional.of(ErrorCode.EARLY_INPUT))) {
        latest = Math.max(latest, adjusted.time());
      }
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void boundNeverDecreasesAndNoLaterRecordIsBelowIt(long seed) {
    Stream stream = new Stream(seed, seed % 2 == 0);
    PartitionClock clock = stream.clock();
    long bound = NONE;
    for (long[] record : stream.records) {
      AdjustedTime adjusted = clock.adjust(record[0], record[1], NONE);
      assertThat(adjusted.time()).isGreaterThanOrEqualTo(bound);
      assertThat(clock.bound()).isGreaterThanOrEqualTo(bound).isLessThanOrEqualTo(latest(clock));
      bound = clock.bound();
    }
  }

  private static long latest(PartitionClock clock) {
    return clock.snapshot().latest();
  }

  /** So watermarks from new clocks after a restart are never ahead of the restored clocks. */
  @ParameterizedTest
  @MethodSource("seeds")
  void clockThatStartsLaterIsNeverAheadIfArrivalsAreInOrder(long seed) {
    Stream stream = new Stream(seed, true);
    int begin = new Random(seed).nextInt(RECORDS);
    PartitionClock old = stream.clock();
    PartitionClock young = stream.clock();
    for (int i = 0; i < RECORDS; i++) {
      long[] record = stream.records.get(i);
      old.adjust(record[0], record[1], NONE);
      if (i >= begin) {
        young.adjust(record[0], record[1], NONE);
        assertThat(young.bound()).isLessThanOrEqualTo(old.bound());
      }
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void restoredClockContinuesExactlyLikeTheOriginal(long seed) {
    Stream stream = new Stream(seed, seed % 2 == 0);
    PartitionClock one = stream.clock();
    PartitionClock other = stream.clock();
    for (long[] record : stream.records) {
      other = new PartitionClock(stream.ordering, other.snapshot());
      assertThat(other.adjust(record[0], record[1], NONE))
          .isEqualTo(one.adjust(record[0], record[1], NONE));
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void watermarkLimitsTimesWithoutChangingTheClock(long seed) {
    Stream stream = new Stream(seed, seed % 2 == 0);
    PartitionClock free = stream.clock();
    PartitionClock bound = stream.clock();
    Random random = new Random(seed);
    for (long[] record : stream.records) {
      long floor = record[1] - random.nextInt(60_000);
      AdjustedTime adjusted = bound.adjust(record[0], record[1], floor);
      assertThat(adjusted.time())
          .isEqualTo(Math.max(floor, free.adjust(record[0], record[1], NONE).time()));
      assertThat(bound.snapshot()).isEqualTo(free.snapshot());
    }
  }
}

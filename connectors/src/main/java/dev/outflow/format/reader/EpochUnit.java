package dev.outflow.format.reader;

import java.time.Duration;
import org.apache.flink.table.data.TimestampData;

/** The unit of numbers that count the time since 1970-01-01 00:00:00 UTC. */
public enum EpochUnit {
  SECONDS("s", Duration.ofSeconds(1)),
  MILLISECONDS("ms", Duration.ofMillis(1)),
  MICROSECONDS("us", Duration.ofNanos(1000)),
  NANOSECONDS("ns", Duration.ofNanos(1));

  private static final long NANOS_PER_SECOND = Duration.ofSeconds(1).toNanos();
  private static final int MILLIS_PER_SECOND = 1000;
  private static final int NANOS_PER_MILLI = 1_000_000;

  private final String value;
  private final long perSecond;

  EpochUnit(String value, Duration unit) {
    this.value = value;
    this.perSecond = Duration.ofSeconds(1).dividedBy(unit);
  }

  /**
   * Returns the time, without fractions beyond {@code step}.
   *
   * @param step the precision of the result in nanoseconds
   * @throws ArithmeticException if it is out of range
   */
  public TimestampData time(long count, int step) {
    long second = Math.floorDiv(count, perSecond);
    int nano = (int) (Math.floorMod(count, perSecond) * (NANOS_PER_SECOND / perSecond));
    int kept = nano - nano % step;
    long millis =
        Math.addExact(Math.multiplyExact(second, MILLIS_PER_SECOND), kept / NANOS_PER_MILLI);
    return TimestampData.fromEpochMillis(millis, kept % NANOS_PER_MILLI);
  }

  @Override
  public String toString() {
    return value;
  }
}

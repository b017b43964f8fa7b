package dev.outflow.avro;

import dev.outflow.format.ScalarTypes;
import dev.outflow.format.reader.EpochUnit;
import dev.outflow.format.reader.InvalidValueException;
import java.time.Duration;
import org.apache.avro.Schema;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeRoot;

/** Creates the readers of dates and times, by the unit of the numbers that were written. */
final class AvroTimeReaders {
  private static final long MILLIS_PER_DAY = Duration.ofDays(1).toMillis();
  private static final int MICROS_PER_MILLI = 1000;
  private static final int MILLI_DIGITS = 3;
  private static final int NANO_DIGITS = 9;

  private AvroTimeReaders() {}

  /** Returns the reader of DATE or TIME; null if the values are something else. */
  static AvroValueReader reader(Schema written, LogicalType type) {
    String logical = AvroTypes.logicalName(written);
    boolean isInt = written.getType() == Schema.Type.INT;
    if (type.is(LogicalTypeRoot.DATE)) {
      return isInt && (logical.isEmpty() || logical.equals("date")) ? AvroInput::readInt : null;
    }
    String name = ScalarTypes.name(type);
    if (isInt && (logical.isEmpty() || logical.equals("time-millis"))) {
      return in -> time(in.readInt(), name);
    }
    return logical.equals("time-micros")
        ? in -> time(Math.floorDiv(in.readLong(), MICROS_PER_MILLI), name)
        : null;
  }

  private static int time(long millis, String name) throws InvalidValueException {
    if (millis < 0 || millis >= MILLIS_PER_DAY) {
      throw InvalidValueException.outOfRange(name);
    }
    return (int) millis;
  }

  /**
   * Returns the reader of timestamps from whole numbers; null if the numbers are something else.
   * Numbers without a logical type have the unit that Flink's schema for the column has.
   */
  static AvroValueReader timestamp(Schema written, LogicalType type) {
    int precision = AvroTypes.precision(type);
    EpochUnit unit =
        switch (AvroTypes.logicalName(written)) {
          case "" -> precision <= MILLI_DIGITS ? EpochUnit.MILLISECONDS : EpochUnit.MICROSECONDS;
          case "timestamp-millis", "local-timestamp-millis" -> EpochUnit.MILLISECONDS;
          case "timestamp-micros", "local-timestamp-micros" -> EpochUnit.MICROSECONDS;
          case "timestamp-nanos", "local-timestamp-nanos" -> EpochUnit.NANOSECONDS;
          default -> null;
        };
    if (unit == null) {
      return null;
    }
    if (unit == EpochUnit.MILLISECONDS && precision >= MILLI_DIGITS) {
      return in -> TimestampData.fromEpochMillis(in.readLong());
    }
    int step = (int) Math.pow(10, NANO_DIGITS - precision);
    String name = ScalarTypes.name(type);
    return in -> {
      long count = in.readLong();
      try {
        return unit.time(count, step);
      } catch (ArithmeticException e) {
        throw InvalidValueException.outOfRange(name);
      }
    };
  }
}

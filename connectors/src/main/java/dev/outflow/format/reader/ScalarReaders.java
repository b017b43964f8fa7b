package dev.outflow.format.reader;

import dev.outflow.format.ScalarTypes;
import java.util.Optional;
import org.apache.flink.table.types.logical.DecimalType;
import org.apache.flink.table.types.logical.LocalZonedTimestampType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeFamily;
import org.apache.flink.table.types.logical.LogicalTypeRoot;
import org.apache.flink.table.types.logical.TimestampType;

/**
 * Creates the readers of the types that all formats share; none is thread-safe.
 *
 * @param epochOption the option that allows numbers as timestamps, for messages
 * @param epochUnit the unit of such numbers, if they are allowed
 */
record ScalarReaders(String epochOption, Optional<EpochUnit> epochUnit) {
  private static final int NANO_DIGITS = 9;

  /** Returns the type as messages name it. */
  static String name(LogicalType type) {
    return ScalarTypes.name(type);
  }

  /** Returns why a number is not a value of this type; empty if it can be one. */
  Optional<String> rejectedNumber(LogicalType type) {
    String message = "a number is not a valid " + name(type);
    if (isTimestamp(type)) {
      return epochUnit.isPresent()
          ? Optional.empty()
          : Optional.of(
              "%s; for times as numbers, set '%s' to s, ms, us or ns"
                  .formatted(message, epochOption));
    }
    boolean isTextOnly =
        type.is(LogicalTypeFamily.BINARY_STRING)
            || type.is(LogicalTypeRoot.DATE)
            || type.is(LogicalTypeRoot.TIME_WITHOUT_TIME_ZONE);
    return isTextOnly ? Optional.of(message) : Optional.empty();
  }

  private static boolean isTimestamp(LogicalType type) {
    return type.is(LogicalTypeFamily.TIMESTAMP);
  }

  /** Creates a reader for a supported type. */
  ScalarReader reader(LogicalType type) {
    String name = name(type);
    return switch (type.getTypeRoot()) {
      case BOOLEAN -> new BooleanReader();
      case BINARY, VARBINARY -> Base64Reader.of(type);
      case DATE, TIME_WITHOUT_TIME_ZONE -> time(type, name);
      case TIMESTAMP_WITHOUT_TIME_ZONE ->
          new TimestampReader(name, step(((TimestampType) type).getPrecision()), epochUnit);
      case TIMESTAMP_WITH_LOCAL_TIME_ZONE ->
          new TimestampReader(
              name, step(((LocalZonedTimestampType) type).getPrecision()), epochUnit);
      default -> new NumberReader(name, number(type, name));
    };
  }

  /** Returns the nanoseconds of the last digit. */
  private static int step(int precision) {
    int step = 1;
    for (int digit = precision; digit < NANO_DIGITS; digit++) {
      step *= 10;
    }
    return step;
  }

  private static NumberReader.Conversion number(LogicalType type, String name) {
    return switch (type.getTypeRoot()) {
      case TINYINT -> number -> (byte) number.whole(name, Byte.MIN_VALUE, Byte.MAX_VALUE);
      case SMALLINT -> number -> (short) number.whole(name, Short.MIN_VALUE, Short.MAX_VALUE);
      case INTEGER, INTERVAL_YEAR_MONTH ->
          number -> (int) number.whole(name, Integer.MIN_VALUE, Integer.MAX_VALUE);
      case BIGINT, INTERVAL_DAY_TIME ->
          number -> number.whole(name, Long.MIN_VALUE, Long.MAX_VALUE);
      case FLOAT -> number -> number.toFloat();
      case DOUBLE -> number -> number.toDouble();
      case DECIMAL -> {
        int precision = ((DecimalType) type).getPrecision();
        int scale = ((DecimalType) type).getScale();
        yield number -> number.toDecimal(name, precision, scale);
      }
      default -> throw new IllegalArgumentException("not a scalar type: " + type);
    };
  }

  private static ScalarReader time(LogicalType type, String name) {
    TimeScanner scanner = new TimeScanner();
    if (type.is(LogicalTypeRoot.DATE)) {
      return (text, from, to) -> {
        if (scanner.scanDate(text, from, to)) {
          return scanner.epochDay();
        }
        throw TextReader.invalid(name, "2026-11-24");
      };
    }
    return (text, from, to) -> {
      if (scanner.scanTime(text, from, to)) {
        return scanner.milliOfDay();
      }
      throw TextReader.invalid(name, "10:15:00");
    };
  }
}

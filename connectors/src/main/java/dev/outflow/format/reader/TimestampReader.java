package dev.outflow.format.reader;

import java.util.Optional;

/**
 * Reads timestamps: ISO 8601 and, if there is a unit, numbers.
 *
 * @param step the precision in nanoseconds
 */
record TimestampReader(
    String type, int step, Optional<EpochUnit> epochUnit, TimeScanner times, NumberScanner numbers)
    implements ScalarReader {

  TimestampReader(String type, int step, Optional<EpochUnit> epochUnit) {
    this(type, step, epochUnit, new TimeScanner(), new NumberScanner());
  }

  @Override
  public Object read(byte[] text, int from, int to) throws InvalidValueException {
    if (times.scanTimestamp(text, from, to)) {
      return times.timestamp(step);
    }
    if (epochUnit.isPresent() && numbers.scan(text, from, to)) {
      try {
        return epochUnit.get().time(numbers.whole(type, Long.MIN_VALUE, Long.MAX_VALUE), step);
      } catch (ArithmeticException e) {
        throw NumberScanner.outOfRange(type);
      }
    }
    throw TextReader.invalid(type, "2026-11-24T10:15:00Z");
  }
}

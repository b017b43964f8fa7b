package dev.outflow.kafka.input;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.outflow.kafka.error.ErrorCode;
import dev.outflow.kafka.error.InvalidHeaderException;
import dev.outflow.kafka.error.RecordProblem;
import dev.outflow.kafka.error.UnavailableException;
import dev.outflow.secret.Causes;
import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Why a format could not read a record, in one of Azure Stream Analytics' codes. Flink's formats
 * tell it in exceptions without a type of their own, whose messages hold the record's values: only
 * the names of columns are taken from them.
 *
 * @param format the format's name, for the message
 * @param leavesOut whether the format itself leaves out what it cannot read: {@code
 *     ignore-parse-errors}
 */
record DecodeFailure(String format, boolean leavesOut) implements Serializable {
  private static final String JSON = "json";

  /** In bytes; as much is free where the memory is not full. */
  private static final long MUCH = 16 * 1024 * 1024;

  private static final JsonFactory JACKSON = new JsonFactory();

  /** Of {@code json} and {@code csv}; the fields of a row in a row one after the other. */
  private static final Pattern AT_FIELD = Pattern.compile("Fail to deserialize at field: (.*)\\.");

  private static final Pattern MISSING =
      Pattern.compile(
          "(?s)Some field is missing in the J.*|Could not find field with name '(.*)'\\.");

  private static final Pattern FIELDS =
      Pattern.compile("Row length mismatch. (\\d+) fields expected but was (\\d+)\\.");

  /** The problem with {@code value}, which the format could not read. */
  RecordProblem explain(byte[] value, Throwable failure) {
    Causes causes = Causes.of(failure);
    String details = causes.rootMessage();
    Optional<InvalidHeaderException> header = causes.find(InvalidHeaderException.class);
    if (header.isPresent()) {
      return new RecordProblem(ErrorCode.INVALID_HEADER, header.get().getMessage());
    }
    if (format.equals(JSON) && !isWellFormed(value)) {
      return unreadable(value, details);
    }
    List<String> messages =
        causes.outermostFirst().stream().map(it -> String.valueOf(it.getMessage())).toList();
    for (String message : messages) {
      Matcher fields = FIELDS.matcher(message);
      if (fields.matches()) {
        return fields(
            Integer.parseInt(fields.group(1)), Integer.parseInt(fields.group(2)), details);
      }
      Matcher missing = MISSING.matcher(message);
      if (missing.matches()) {
        return new RecordProblem(
            ErrorCode.MISSING_COLUMNS,
            Optional.ofNullable(missing.group(1)),
            "a field that the table has is missing",
            details);
      }
    }
    String column = String.join(".", fieldNames(messages));
    return column.isEmpty()
        ? unreadable(value, details)
        : new RecordProblem(
            ErrorCode.INPUT_TYPE_CONVERSION,
            Optional.of(column),
            "its value does not fit the column's type",
            details);
  }

  /** Whether the record may be as good as any. */
  static boolean isTransient(Throwable failure, byte[] value) {
    Causes causes = Causes.of(failure);
    return causes.find(UnavailableException.class).isPresent()
        || causes
            .find(VirtualMachineError.class)
            .filter(error -> !(error instanceof StackOverflowError))
            .filter(error -> !(error instanceof OutOfMemoryError && hasRoomFor(value)))
            .isPresent();
  }

  /**
   * Where it has, it was an absurd length within the record that was asked for, as Avro does it
   * before it looks whether as much follows.
   */
  private static boolean hasRoomFor(byte[] value) {
    Runtime jvm = Runtime.getRuntime();
    long free = jvm.maxMemory() - jvm.totalMemory() + jvm.freeMemory();
    return free > MUCH + 16L * value.length;
  }

  /**
   * Whether there is nothing in it that could be read, which is wrong; a record without a value, a
   * tombstone, is not meant to be read.
   */
  boolean isEmpty(byte[] value) {
    return value != null && !leavesOut && isBlank(value);
  }

  private static boolean isBlank(byte[] value) {
    for (byte each : value) {
      if (!Character.isWhitespace(each)) {
        return false;
      }
    }
    return true;
  }

  /** The problem with bytes that the format makes nothing of. */
  RecordProblem unreadable(byte[] value, String details) {
    return new RecordProblem(
        ErrorCode.INVALID_DATA,
        Optional.empty(),
        "its %d bytes cannot be read as %s".formatted(value.length, format),
        details);
  }

  private static RecordProblem fields(int expected, int found, String details) {
    return new RecordProblem(
        found < expected ? ErrorCode.MISSING_COLUMNS : ErrorCode.INVALID_DATA,
        Optional.empty(),
        "it has %d fields, and the table has %d columns".formatted(found, expected),
        details);
  }

  private static List<String> fieldNames(List<String> messages) {
    return messages.stream()
        .map(AT_FIELD::matcher)
        .filter(Matcher::matches)
        .map(field -> field.group(1))
        .toList();
  }

  /** A field that ends too early is told by Flink like one of another type. */
  private static boolean isWellFormed(byte[] value) {
    try (JsonParser parser = JACKSON.createParser(value)) {
      JsonToken token;
      do {
        token = parser.nextToken();
      } while (token != null);
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}

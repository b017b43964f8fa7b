package dev.outflow.kafka.input;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.outflow.format.reader.SimilarNames;
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
 * Maps a format's failure to decode a record to one of Azure Stream Analytics' error codes. Flink's
 * formats throw exceptions without types of their own, whose messages contain the record's values:
 * only column names are taken from them.
 *
 * @param format the format's name, for messages
 * @param ignoresParseErrors whether the format skips what it cannot parse: {@code
 *     ignore-parse-errors}
 */
record DecodeFailureClassifier(String format, boolean ignoresParseErrors) implements Serializable {
  private static final String JSON = "json";

  /** In bytes; with this much free memory the heap is not exhausted. */
  private static final long AMPLE_MEMORY = 16 * 1024 * 1024;

  private static final JsonFactory JACKSON = new JsonFactory();

  /** Thrown by {@code json} and {@code csv}, once per level of a nested row. */
  private static final Pattern AT_FIELD = Pattern.compile("Fail to deserialize at field: (.*)\\.");

  private static final Pattern MISSING =
      Pattern.compile(
          "(?s)Some field is missing in the J.*|Could not find field with name '(.*)'\\.");

  private static final Pattern FIELDS =
      Pattern.compile("Row length mismatch. (\\d+) fields expected but was (\\d+)\\.");

  /** Classifies the failure to decode {@code value}. */
  RecordProblem classify(byte[] value, Throwable failure) {
    Causes causes = Causes.of(failure);
    String details = causes.rootMessage();
    Optional<InvalidHeaderException> header = causes.find(InvalidHeaderException.class);
    if (header.isPresent()) {
      return new RecordProblem(ErrorCode.INVALID_HEADER, header.get().getMessage());
    }
    if (format.equals(JSON) && !isWellFormed(value)) {
      return undecodable(value, details);
    }
    List<String> messages =
        causes.outermostFirst().stream().map(cause -> String.valueOf(cause.getMessage())).toList();
    for (String message : messages) {
      Matcher fields = FIELDS.matcher(message);
      if (fields.matches()) {
        return wrongFieldCount(
            Integer.parseInt(fields.group(1)), Integer.parseInt(fields.group(2)), details);
      }
      Matcher missing = MISSING.matcher(message);
      if (missing.matches()) {
        return new RecordProblem(
            ErrorCode.MISSING_COLUMNS,
            Optional.ofNullable(missing.group(1)),
            "a field declared by the table is missing",
            details);
      }
    }
    String column = String.join(".", fieldNames(messages));
    return column.isEmpty()
        ? undecodable(value, details)
        : new RecordProblem(
            ErrorCode.INPUT_TYPE_CONVERSION,
            Optional.of(column),
            "the value does not match the column's type",
            details);
  }

  /**
   * Returns the problem of a column that has no value, with a hint if a JSON field of the record
   * has the same name in other case: names match exactly, unlike in Azure Stream Analytics.
   */
  RecordProblem withNameInOtherCase(RecordProblem problem, byte[] value) {
    return problem
        .column()
        .filter(column -> format.equals(JSON))
        .flatMap(column -> SimilarNames.find(column, value))
        .map(
            name ->
                new RecordProblem(
                    problem.code(),
                    problem.column(),
                    "%s; the record has '%s', and names are case-sensitive"
                        .formatted(problem.message(), name),
                    problem.details()))
        .orElse(problem);
  }

  /** Returns whether the failure is unrelated to the record, which then has to be read again. */
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
   * If memory is left, the record declares an absurd length: Avro allocates a declared length
   * before it checks whether as many bytes follow.
   */
  private static boolean hasRoomFor(byte[] value) {
    Runtime jvm = Runtime.getRuntime();
    long free = jvm.maxMemory() - jvm.totalMemory() + jvm.freeMemory();
    return free > AMPLE_MEMORY + 16L * value.length;
  }

  /** Returns whether a value is blank, which is an error; null, a tombstone, is not. */
  boolean isBlankError(byte[] value) {
    return value != null && !ignoresParseErrors && isBlank(value);
  }

  private static boolean isBlank(byte[] value) {
    for (byte character : value) {
      if (!Character.isWhitespace(character)) {
        return false;
      }
    }
    return true;
  }

  /** Returns the problem of a value that the format cannot decode at all. */
  RecordProblem undecodable(byte[] value, String details) {
    return new RecordProblem(
        ErrorCode.INVALID_DATA,
        Optional.empty(),
        "cannot decode %d bytes as %s".formatted(value.length, format),
        details);
  }

  private static RecordProblem wrongFieldCount(int expected, int found, String details) {
    return new RecordProblem(
        found < expected ? ErrorCode.MISSING_COLUMNS : ErrorCode.INVALID_DATA,
        Optional.empty(),
        "the record has %d fields but the table has %d columns".formatted(found, expected),
        details);
  }

  private static List<String> fieldNames(List<String> messages) {
    return messages.stream()
        .map(AT_FIELD::matcher)
        .filter(Matcher::matches)
        .map(field -> field.group(1))
        .toList();
  }

  /** Needed because Flink reports truncated JSON like a value of the wrong type. */
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

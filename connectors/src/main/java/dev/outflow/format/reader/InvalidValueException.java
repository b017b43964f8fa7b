package dev.outflow.format.reader;

import java.util.Optional;

/** A row of a message is invalid. Messages contain no values of the record. */
public final class InvalidValueException extends Exception {
  private static final long serialVersionUID = 1;

  /** What is wrong. */
  public enum Kind {
    /** The bytes are not in the format. */
    MALFORMED,
    /** A value does not fit its column's type. */
    CONVERSION,
    /** A value is required but missing. */
    MISSING
  }

  private final Kind kind;
  private final String column;
  private final String details;

  private InvalidValueException(Kind kind, String column, String message, String details) {
    super(message, null, false, false);
    this.kind = kind;
    this.column = column;
    this.details = details;
  }

  /** Creates an exception for a value; {@link #within} adds its column. */
  public static InvalidValueException conversion(String message) {
    return new InvalidValueException(Kind.CONVERSION, "", message, "");
  }

  /** Creates an exception for a number that the type cannot hold. */
  public static InvalidValueException outOfRange(String type) {
    return conversion("the number is out of range for " + type);
  }

  /** Creates an exception for a number that would lose digits. */
  public static InvalidValueException tooManyDecimals(int scale, String type) {
    return conversion(
        "a number with more than %d digits after the decimal point is not a valid %s"
            .formatted(scale, type));
  }

  /** Creates an exception for text with more code points than the type allows. */
  public static InvalidValueException tooLong(int limit, String type) {
    return conversion("a text of more than %d characters is not a valid %s".formatted(limit, type));
  }

  /** Creates an exception for more bytes than the type allows. */
  public static InvalidValueException tooManyBytes(int limit, String type) {
    return conversion("more than %d bytes are not a valid %s".formatted(limit, type));
  }

  /** Creates an exception for the null in a {@code NOT NULL} column. */
  public static InvalidValueException isNull() {
    return missing("is null but declared NOT NULL");
  }

  public static InvalidValueException missing(String message) {
    return new InvalidValueException(Kind.MISSING, "", message, "");
  }

  /**
   * Creates an exception for text that is not in the format.
   *
   * @param details the parser's message, which can contain values
   */
  public static InvalidValueException malformed(String message, String details) {
    return new InvalidValueException(Kind.MALFORMED, "", message, details);
  }

  /** Returns a copy for the same value as part of a field, such as {@code a} or {@code [3]}. */
  public InvalidValueException within(String field) {
    boolean isLast = column.isEmpty() || column.startsWith("[");
    return new InvalidValueException(
        kind, field + (isLast ? "" : ".") + column, getMessage(), details);
  }

  public Kind kind() {
    return kind;
  }

  /** Returns the path of the value, such as {@code customer.name} or {@code tags[3]}, if known. */
  public Optional<String> column() {
    return column.isEmpty() ? Optional.empty() : Optional.of(column);
  }

  /** Returns the parser's message, which can contain values of the record; empty if none. */
  public String details() {
    return details;
  }
}

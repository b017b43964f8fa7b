package dev.outflow.format.reader;

/** Describes messages that are not, or not to their end, in the format. */
public final class MalformedMessage {
  private MalformedMessage() {}

  /**
   * Returns the problem.
   *
   * @param rows the number of rows that were read before
   * @param details the parser's message, which can contain values
   */
  public static InvalidValueException problem(
      byte[] message, String format, int rows, String details) {
    return InvalidValueException.malformed(
        rows == 0
            ? "cannot decode %d bytes as %s".formatted(message.length, format)
            : "cannot decode the rest of the message as " + format,
        String.valueOf(details));
  }
}

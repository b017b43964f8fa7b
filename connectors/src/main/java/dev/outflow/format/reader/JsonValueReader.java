package dev.outflow.format.reader;

import java.io.IOException;

/** Reads JSON values of one type, none of them null, in Flink's internal form. */
@FunctionalInterface
interface JsonValueReader {
  /**
   * Reads the value at the input's position and advances the position to the end of the value.
   *
   * @throws InvalidValueException if it does not fit the type; the position is then anywhere in it
   * @throws IOException if the text is not JSON
   */
  Object read(JsonInput json) throws IOException, InvalidValueException;

  /** Returns the same for values that can be null. */
  default JsonValueReader orNull(boolean nullable) {
    return json -> {
      if (json.next() != JsonType.NULL) {
        return read(json);
      }
      if (!nullable) {
        throw InvalidValueException.isNull();
      }
      json.read(JsonType.NULL);
      return null;
    };
  }

  /**
   * Checks the type of the value that follows.
   *
   * @throws InvalidValueException if it is another one
   */
  static void require(JsonType type, JsonInput json, String column)
      throws IOException, InvalidValueException {
    JsonType found = json.next();
    if (found != type) {
      throw found.invalid(column);
    }
  }
}

package dev.outflow.format.reader;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;

/** Reads JSON values of one type, none of them null, in Flink's internal form. */
@FunctionalInterface
interface JsonValueReader {
  /**
   * Reads the value whose first token is the current one; its last token is current afterwards.
   *
   * @throws InvalidValueException if it does not fit the type; the parser is then anywhere in it
   * @throws IOException if the text is not JSON
   */
  Object read(JsonParser json) throws IOException, InvalidValueException;

  /** Returns the same for values that can be null. */
  default JsonValueReader orNull(boolean nullable) {
    return json -> {
      if (json.currentToken() != JsonToken.VALUE_NULL) {
        return read(json);
      }
      if (!nullable) {
        throw InvalidValueException.isNull();
      }
      return null;
    };
  }

  /** Returns the failure to read the current token as {@code type}. */
  static InvalidValueException invalid(JsonParser json, String type) {
    String value =
        switch (json.currentToken()) {
          case START_OBJECT -> "an object";
          case START_ARRAY -> "an array";
          case VALUE_TRUE, VALUE_FALSE -> "a boolean";
          case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "a number";
          default -> "a text";
        };
    return InvalidValueException.conversion("%s is not a valid %s".formatted(value, type));
  }
}

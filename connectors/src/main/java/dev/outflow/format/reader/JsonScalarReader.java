package dev.outflow.format.reader;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.util.Optional;

/**
 * Reads numbers, booleans and text as values of a type other than text.
 *
 * @param type the type's name
 * @param rejectedNumber why a number is not a value of the type; empty if it can be one
 */
record JsonScalarReader(String type, ScalarReader reader, Optional<String> rejectedNumber)
    implements JsonValueReader {
  @Override
  public Object read(JsonParser json) throws IOException, InvalidValueException {
    return switch (json.currentToken()) {
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> {
        if (rejectedNumber.isPresent()) {
          throw InvalidValueException.conversion(rejectedNumber.get());
        }
        int start = json.getTextOffset();
        yield reader.read(json.getTextCharacters(), start, start + json.getTextLength());
      }
      case VALUE_STRING -> text(json);
      case VALUE_TRUE, VALUE_FALSE -> {
        if (!(reader instanceof BooleanReader)) {
          throw JsonValueReader.invalid(json, type);
        }
        yield json.getBooleanValue();
      }
      default -> throw JsonValueReader.invalid(json, type);
    };
  }

  private Object text(JsonParser json) throws IOException, InvalidValueException {
    char[] text = json.getTextCharacters();
    int from = json.getTextOffset();
    int to = from + json.getTextLength();
    while (to > from && Character.isWhitespace(text[to - 1])) {
      to--;
    }
    while (from < to && Character.isWhitespace(text[from])) {
      from++;
    }
    if (from == to && !(reader instanceof Base64Reader)) {
      throw InvalidValueException.conversion("an empty text is not a valid " + type);
    }
    return reader.read(text, from, to);
  }
}

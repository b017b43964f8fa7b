package dev.outflow.format.reader;

import static java.nio.charset.StandardCharsets.UTF_8;

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
  public Object read(JsonInput json) throws IOException, InvalidValueException {
    JsonType found = json.next();
    return switch (found) {
      case NUMBER -> {
        if (rejectedNumber.isPresent()) {
          throw InvalidValueException.conversion(rejectedNumber.get());
        }
        json.read(found);
        yield reader.read(json.bytes(), json.from(), json.to());
      }
      case TEXT -> {
        json.read(found);
        yield text(json);
      }
      case BOOLEAN -> {
        if (!(reader instanceof BooleanReader)) {
          throw found.invalid(type);
        }
        json.read(found);
        yield json.bytes()[json.from()] == 't';
      }
      default -> throw found.invalid(type);
    };
  }

  private Object text(JsonInput json) throws InvalidValueException {
    byte[] text = json.isEscaped() ? json.text().getBytes(UTF_8) : json.bytes();
    Object value =
        json.isEscaped()
            ? reader.readStripped(text, 0, text.length)
            : reader.readStripped(text, json.from(), json.to());
    if (value == null) {
      throw InvalidValueException.conversion("an empty text is not a valid " + type);
    }
    return value;
  }
}

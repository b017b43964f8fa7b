package dev.outflow.format.reader;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.outflow.format.Utf8Text;
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
    if (json.isEscaped() || !Utf8Text.isAscii(json.bytes(), json.from(), json.to())) {
      byte[] stripped = json.text().strip().getBytes(UTF_8);
      return read(stripped, 0, stripped.length);
    }
    byte[] text = json.bytes();
    int from = json.from();
    int to = json.to();
    while (to > from && Character.isWhitespace(text[to - 1])) {
      to--;
    }
    while (from < to && Character.isWhitespace(text[from])) {
      from++;
    }
    return read(text, from, to);
  }

  private Object read(byte[] text, int from, int to) throws InvalidValueException {
    if (from == to && !(reader instanceof Base64Reader)) {
      throw InvalidValueException.conversion("an empty text is not a valid " + type);
    }
    return reader.read(text, from, to);
  }
}

package dev.outflow.format.reader;

import java.io.IOException;

/** Reads text; of any other value, the characters that it has in the message. */
record JsonTextReader(TextReader reader) implements JsonValueReader {
  @Override
  public Object read(JsonInput json) throws IOException, InvalidValueException {
    JsonType type = json.next();
    int start = json.position();
    json.read(type);
    if (type == JsonType.OBJECT || type == JsonType.ARRAY) {
      return reader.read(json.bytes(), start, json.position());
    }
    return json.isEscaped() && type == JsonType.TEXT
        ? reader.read(json.text())
        : reader.read(json.bytes(), json.from(), json.to());
  }
}

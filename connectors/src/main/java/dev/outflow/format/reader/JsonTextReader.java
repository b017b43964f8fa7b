package dev.outflow.format.reader;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;

/** Reads text; of any other value, the characters that it has in the message. */
record JsonTextReader(TextReader reader, JsonSource source) implements JsonValueReader {
  @Override
  public Object read(JsonParser json) throws IOException, InvalidValueException {
    return switch (json.currentToken()) {
      case START_OBJECT, START_ARRAY -> reader.read(source.text(json));
      case VALUE_TRUE, VALUE_FALSE -> reader.read(json.getText());
      default -> {
        char[] text = json.getTextCharacters();
        int start = json.getTextOffset();
        yield reader.read(text, start, start + json.getTextLength());
      }
    };
  }
}

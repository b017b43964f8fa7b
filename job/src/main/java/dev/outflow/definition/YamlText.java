package dev.outflow.definition;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.util.JsonParserDelegate;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;

/**
 * Reads YAML and leaves scalars as they are written. YAML itself would make 83 of 00123, 1.1 of
 * 1.10 and false of no; only {@code true} and {@code false} mean more than their text here.
 */
final class YamlText {
  static final YAMLFactory FACTORY =
      YAMLFactory.builder()
          .enable(YAMLParser.Feature.EMPTY_STRING_AS_NULL)
          .enable(YAMLParser.Feature.PARSE_BOOLEAN_LIKE_WORDS_AS_STRINGS)
          .build();
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private YamlText() {}

  /** The document; a null node if it is empty. */
  static JsonNode read(String yaml) throws IOException {
    try (JsonParser parser = new ScalarsAsText(FACTORY.createParser(yaml))) {
      JsonNode document = MAPPER.readTree(parser);
      return document == null ? NullNode.getInstance() : document;
    }
  }

  /** A value of {@code --set}: the text itself, but for lists, maps, true and false. */
  static JsonNode value(String written) throws IOException {
    if (written.startsWith("[") || written.startsWith("{")) {
      return read(written);
    }
    return written.equals("true") || written.equals("false")
        ? BooleanNode.valueOf(Boolean.parseBoolean(written))
        : TextNode.valueOf(written);
  }

  private static final class ScalarsAsText extends JsonParserDelegate {
    ScalarsAsText(JsonParser parser) {
      super(parser);
    }

    @Override
    public JsonToken nextToken() throws IOException {
      return asText(super.nextToken());
    }

    @Override
    public JsonToken currentToken() {
      return asText(super.currentToken());
    }

    @Override
    public int currentTokenId() {
      JsonToken token = currentToken();
      return token == null ? JsonToken.NOT_AVAILABLE.id() : token.id();
    }

    private static JsonToken asText(JsonToken token) {
      boolean hasOtherMeaning =
          token != null && (token.isNumeric() || token == JsonToken.VALUE_EMBEDDED_OBJECT);
      return hasOtherMeaning ? JsonToken.VALUE_STRING : token;
    }
  }
}

package dev.outflow.definition;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A YAML document, read in one pass with the location of each key.
 *
 * <p>Scalars stay as they are written: YAML itself would read 00123 as 83, 1.10 as 1.1 and {@code
 * no} as false. Only {@code true}, {@code false} and null are more than text.
 *
 * @param content with the last value of duplicate keys
 * @param locations the location of each key
 * @param problems what YAML allows and a definition does not
 */
record YamlDocument(JsonNode content, Locations locations, List<Problem> problems) {
  private static final YAMLFactory FACTORY =
      YAMLFactory.builder()
          .enable(YAMLParser.Feature.EMPTY_STRING_AS_NULL)
          .enable(YAMLParser.Feature.PARSE_BOOLEAN_LIKE_WORDS_AS_STRINGS)
          .build();

  private static final String QUERIES = "queries.";

  /** A tag other than the standard ones, which begin with two exclamation marks. */
  private static final Pattern CUSTOM_TAG = Pattern.compile("!(?!!)[^\\s,\\]}]");

  /**
   * Parses a file.
   *
   * @throws InvalidDefinitionException if it is not valid YAML
   */
  static YamlDocument parse(SourceFile file) {
    try {
      return parse(file.path(), file.text());
    } catch (JsonProcessingException e) {
      throw new InvalidDefinitionException(YamlProblem.of(file, e));
    } catch (IOException e) {
      throw new UncheckedIOException("reading from memory failed", e);
    }
  }

  /**
   * Parses a list or map given to {@code --set}.
   *
   * @throws IOException if it is not valid YAML
   */
  static YamlDocument value(String yaml) throws IOException {
    return parse("", yaml);
  }

  private static YamlDocument parse(String file, String text) throws IOException {
    try (YAMLParser parser = FACTORY.createParser(text)) {
      Reader reader = new Reader(file, text, parser);
      JsonNode content = reader.document();
      return new YamlDocument(
          content,
          new Locations(file, path -> Optional.ofNullable(reader.locations.get(path))),
          reader.problems);
    }
  }

  private static final class Reader {
    private final String file;
    private final String text;
    private final YAMLParser parser;
    private final Map<String, Location> locations = new HashMap<>();
    private final List<Problem> problems = new ArrayList<>();

    Reader(String file, String text, YAMLParser parser) {
      this.file = file;
      this.text = text;
      this.parser = parser;
    }

    JsonNode document() throws IOException {
      JsonNode content = parser.nextToken() == null ? NullNode.getInstance() : node("");
      boolean single = true;
      for (JsonToken next = parser.nextToken(); next != null; next = parser.nextToken()) {
        if (single && next != JsonToken.VALUE_NULL) { // A final line of --- is an empty document.
          report("", "starts a second YAML document; a definition must be a single document");
          single = false;
        }
      }
      return content;
    }

    /** Reads the value whose first token is the parser's current one. */
    private JsonNode node(String path) throws IOException {
      checkAlias();
      checkTag(path);
      return switch (parser.currentToken()) {
        case START_OBJECT -> map(path);
        case START_ARRAY -> list(path);
        case VALUE_TRUE, VALUE_FALSE -> BooleanNode.valueOf(parser.getBooleanValue());
        case VALUE_NULL -> NullNode.getInstance();
        default -> text(path);
      };
    }

    private TextNode text(String path) throws IOException {
      String value = parser.getText();
      if (path.startsWith(QUERIES)) {
        String written =
            text.substring(index(parser.currentTokenLocation()), index(parser.currentLocation()));
        FoldedComment.find(value, written).ifPresent(message -> report(path, message));
      }
      return TextNode.valueOf(value);
    }

    private ObjectNode map(String path) throws IOException {
      ObjectNode map = JsonNodeFactory.instance.objectNode();
      Optional<String> plain = Optional.empty(); // The key of a value without quotes before this.
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        checkAlias();
        String key = parser.currentName();
        String keyPath = path.isEmpty() ? key : path + "." + key;
        Location location = here();
        if (plain.isPresent() && endsEntry(index(parser.currentLocation()))) {
          parser.nextToken();
          join(map, path, plain.get(), key);
          continue;
        }
        Location first = locations.put(keyPath, location);
        if (first != null) {
          report(keyPath, "duplicate key; first defined on line %d".formatted(first.line()));
        }
        parser.nextToken();
        plain = isPlain() ? Optional.of(key) : Optional.empty();
        map.set(key, node(keyPath));
      }
      return map;
    }

    /** Within braces, a comma ends a value: what follows it is a key without a colon. */
    private boolean endsEntry(int index) {
      String rest = text.substring(index).stripLeading();
      return rest.startsWith(",") || rest.startsWith("}");
    }

    private boolean isPlain() {
      return parser.currentToken() == JsonToken.VALUE_STRING
          && "'\"|>".indexOf(text.charAt(index(parser.currentTokenLocation()))) < 0;
    }

    /** Appends to a value what a comma has separated from it. */
    private void join(ObjectNode map, String path, String key, String rest) {
      String value = map.get(key).asText() + ", " + rest;
      map.put(key, value);
      String keyPath = path.isEmpty() ? key : path + "." + key;
      problems.removeIf(problem -> problem.property().equals(keyPath));
      boolean isColumn = path.endsWith(".columns"); // Other values can be secrets.
      problems.add(
          new Problem(
              locations.get(keyPath),
              keyPath,
              isColumn
                  ? "a type with a comma must be quoted within { }: \"%s\"".formatted(value)
                  : "a value with a comma must be quoted within { }"));
    }

    private ArrayNode list(String path) throws IOException {
      ArrayNode list = JsonNodeFactory.instance.arrayNode();
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        list.add(node(path + "." + list.size()));
      }
      return list;
    }

    /** Jackson reads an alias as a text that is the alias's name. */
    private void checkAlias() throws IOException {
      if (parser.isCurrentAlias()) {
        report("", "YAML aliases such as *name are not supported; quote the value or write it out");
      }
    }

    /** Does not show the tag: it can be a password that begins with an exclamation mark. */
    private void checkTag(String path) throws IOException {
      String written = text.substring(index(parser.currentTokenLocation()));
      if (parser.getTypeId() != null && CUSTOM_TAG.matcher(written).lookingAt()) {
        report(
            path,
            "YAML tags are not supported; quote a value that begins with '!', or use a reference such as ${env:NAME}");
      }
    }

    /** Returns the index in the text of a location, which counts code points. */
    private int index(JsonLocation location) {
      return text.offsetByCodePoints(
          0, (int) Math.min(location.getCharOffset(), text.codePointCount(0, text.length())));
    }

    private void report(String path, String message) {
      problems.add(new Problem(locations.getOrDefault(path, here()), path, message));
    }

    private Location here() {
      return Location.of(file, parser.currentTokenLocation());
    }
  }
}

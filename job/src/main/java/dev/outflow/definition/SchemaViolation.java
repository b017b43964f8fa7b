package dev.outflow.definition;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.outflow.option.Suggestion;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A violation of the schema.
 *
 * @param path the keys from the root to the invalid or missing property
 * @param keyword the violated keyword of JSON Schema, e.g. {@code required} or {@code enum}
 * @param written the invalid value, or the map with the missing or unknown key
 * @param rule the value of the keyword in the schema
 * @param knownKeys the keys that the schema allows there
 * @param example an example of a valid value; empty if the schema has none
 * @param explanation the message of the validator
 */
record SchemaViolation(
    List<String> path,
    String keyword,
    Optional<JsonNode> written,
    JsonNode rule,
    List<String> knownKeys,
    String example,
    String explanation) {

  private static final String COMMENT = "comment";

  /** Returns the violation of a key that starts with {@code #}. */
  static SchemaViolation comment(List<String> path) {
    return new SchemaViolation(
        path, COMMENT, Optional.empty(), NullNode.getInstance(), List.of(), "", "");
  }

  boolean isUnknownKey() {
    return keyword.equals("additionalProperties");
  }

  boolean isMissingKey() {
    return keyword.equals("required");
  }

  String key() {
    return path.get(path.size() - 1);
  }

  /** Returns the most similar key or value that is allowed. */
  Optional<String> suggestion() {
    return isUnknownKey()
        ? Suggestion.nearest(knownKeys, key())
        : keyword.equals("enum") ? Suggestion.nearest(values(), text()) : Optional.empty();
  }

  /** Returns what is wrong and how to fix it. */
  String message() {
    return switch (keyword) {
      case "additionalProperties" -> "unknown key" + Suggestion.among(knownKeys, key());
      case COMMENT -> "keys cannot start with '#'; remove the key or the '#'";
      case "required" -> "is required" + typo();
      case "enum" ->
          "'%s' is invalid; expected one of %s%s"
              .formatted(
                  text(),
                  String.join(", ", values()),
                  suggestion().map("; did you mean '%s'?"::formatted).orElse(""));
      case "type" -> "must be %s, not %s".formatted(types(), type());
      case "minLength", "minItems", "minProperties" -> "must not be empty";
      case "pattern" -> "'%s' is invalid; expected e.g. %s".formatted(text(), example);
      case "propertyNames" ->
          "is not a valid %s name; use letters, digits and '_', starting with a letter or '_'"
              .formatted(path.get(0).equals("functions") ? "function" : "table");
      default -> explanation;
    };
  }

  /** Returns a hint at a key that is similar to the missing one, where any key is allowed. */
  private String typo() {
    List<String> present = new ArrayList<>();
    written.ifPresent(map -> map.fieldNames().forEachRemaining(present::add));
    return Suggestion.misspelled(present, key()).map(" (is '%s' a typo?)"::formatted).orElse("");
  }

  private String text() {
    return written.map(JsonNode::asText).orElse("");
  }

  private List<String> values() {
    List<String> values = new ArrayList<>();
    rule.forEach(value -> values.add(value.asText()));
    return values;
  }

  private String types() {
    List<String> names = new ArrayList<>();
    if (rule.isArray()) {
      rule.forEach(name -> names.add(word(name.asText())));
    } else {
      names.add(word(rule.asText()));
    }
    return String.join(" or ", names);
  }

  private String type() {
    return written
        .filter(node -> !node.isNull())
        .map(node -> word(node.getNodeType().name().toLowerCase(Locale.ROOT)))
        .orElse("empty");
  }

  /** Translates a type of JSON to YAML's terms. */
  private static String word(String type) {
    return switch (type) {
      case "string" -> "a string";
      case "object" -> "a map";
      case "array" -> "a list";
      case "boolean" -> "true or false";
      case "number" -> "a number";
      default -> type;
    };
  }
}

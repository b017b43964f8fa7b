package dev.outflow.definition;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.outflow.option.Suggestion;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One thing in which a definition departs from the schema.
 *
 * @param path the keys from the top to what is wrong, or missing
 * @param keyword the rule of JSON Schema: {@code required}, {@code enum}
 * @param written what stands there, or around what is missing or unknown
 * @param rule what the schema asks for
 * @param knownKeys the keys that the schema knows there
 * @param example of what may stand there; empty if the schema has none
 * @param explanation what the validator says
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

  /** A key that looks like one that is commented out. */
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

  /** The key or value of the schema that was probably meant. */
  Optional<String> meant() {
    return isUnknownKey()
        ? Suggestion.nearest(knownKeys, key())
        : keyword.equals("enum") ? Suggestion.nearest(values(), text()) : Optional.empty();
  }

  /** What is wrong, and what to do. */
  String message() {
    return switch (keyword) {
      case "additionalProperties" -> "unknown key" + Suggestion.among(knownKeys, key());
      case COMMENT -> "begins with '#', as no key does; remove it, or the '#'";
      case "required" -> "is required" + misspelt();
      case "enum" ->
          "'%s' is none of %s%s"
              .formatted(
                  text(),
                  String.join(", ", values()),
                  meant().map("; did you mean '%s'?"::formatted).orElse(""));
      case "type" -> "must be %s, not %s".formatted(types(), type());
      case "minLength", "minItems", "minProperties" -> "must not be empty";
      case "pattern" -> "'%s' cannot be read; write it as %s".formatted(text(), example);
      case "propertyNames" ->
          "is no name for a table; use letters, digits and '_', and no digit first";
      default -> explanation;
    };
  }

  /** A key beside the missing one that may be meant for it, where the schema allows any key. */
  private String misspelt() {
    List<String> beside = new ArrayList<>();
    written.ifPresent(around -> around.fieldNames().forEachRemaining(beside::add));
    return Suggestion.misspelt(beside, key()).map("; is '%s' meant for it?"::formatted).orElse("");
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

  /** YAML's words rather than JSON's. */
  private static String word(String type) {
    return switch (type) {
      case "string" -> "text";
      case "object" -> "a map";
      case "array" -> "a list";
      case "boolean" -> "true or false";
      default -> type;
    };
  }
}

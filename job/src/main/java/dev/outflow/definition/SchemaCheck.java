package dev.outflow.definition;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Checks a definition against {@code job.schema.json}, the same that editors complete from. */
final class SchemaCheck {
  private static final JsonNode SCHEMA = load();
  private static final Schema VALIDATOR =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12).getSchema(SCHEMA);

  private SchemaCheck() {}

  /** Everything in which {@code definition} departs from the schema. */
  static List<Problem> check(JsonNode definition, Function<String, Place> places) {
    return VALIDATOR.validate(definition).stream()
        .map(
            error -> {
              String path = path(error);
              return new Problem(places.apply(path), path, message(error));
            })
        .toList();
  }

  private static String path(Error error) {
    List<String> path = new ArrayList<>();
    for (int i = 0; i < error.getInstanceLocation().getNameCount(); i++) {
      path.add(String.valueOf(error.getInstanceLocation().getElement(i)));
    }
    if (error.getProperty() != null) {
      path.add(error.getProperty());
    }
    return String.join(".", path);
  }

  private static String message(Error error) {
    String written = error.getInstanceNode() == null ? "" : error.getInstanceNode().asText();
    return switch (error.getKeyword()) {
      case "additionalProperties" ->
          "unknown key" + Suggestion.among(knownKeys(error), error.getProperty());
      case "required" -> "is required";
      case "enum" -> {
        List<String> values = new ArrayList<>();
        error.getSchemaNode().forEach(value -> values.add(value.asText()));
        yield "'%s' is none of %s".formatted(written, String.join(", ", values));
      }
      case "type" ->
          "must be %s, not %s"
              .formatted(
                  types(error.getSchemaNode()),
                  error.getInstanceNode().isNull()
                      ? "empty"
                      : error
                          .getInstanceNode()
                          .getNodeType()
                          .name()
                          .toLowerCase(java.util.Locale.ROOT));
      case "minLength", "minItems", "minProperties" -> "must not be empty";
      case "pattern" ->
          "'%s' is not of the form %s".formatted(written, error.getSchemaNode().asText());
      case "propertyNames" ->
          "is no name for a table; use letters, digits and '_', and no digit first";
      default -> error.getMessage();
    };
  }

  private static String types(JsonNode type) {
    List<String> names = new ArrayList<>();
    if (type.isArray()) {
      type.forEach(name -> names.add(name.asText()));
    } else {
      names.add(type.asText());
    }
    return String.join(" or ", names);
  }

  private static List<String> knownKeys(Error error) {
    JsonNode parent = SCHEMA.at(error.getSchemaLocation().getFragment().getParent().toString());
    List<String> keys = new ArrayList<>();
    parent.path("properties").fieldNames().forEachRemaining(keys::add);
    return keys;
  }

  private static JsonNode load() {
    try (InputStream schema = SchemaCheck.class.getResourceAsStream("/job.schema.json")) {
      return new ObjectMapper().readTree(schema);
    } catch (IOException e) {
      throw new UncheckedIOException("job.schema.json is missing in the jar", e);
    }
  }
}

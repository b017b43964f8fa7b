package dev.outflow.definition;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Generates {@code docs/reference/job-yaml.md} from {@code conf/job.schema.json}. */
final class JobReference {
  private static final String HEAD =
      """
      # Every key of job.yaml

      Generated from [`conf/job.schema.json`](../../conf/job.schema.json), which validates definitions and drives completion in
      editors; do not edit. Keys with dots can be nested: `kafka: { linger.ms: 20 }` is `kafka.linger.ms: 20`. Options of Kafka
      inputs and outputs can be references such as `${env:NAME}`.
      [What the properties do](../properties.md), [secure connections](../secure.md).
      """;

  private final JsonNode schema;
  private final StringBuilder page = new StringBuilder(HEAD);

  private JobReference(JsonNode schema) {
    this.schema = schema;
  }

  /** Returns the page. */
  static String page(Path schema) throws IOException {
    JobReference reference =
        new JobReference(new ObjectMapper().readTree(Files.readString(schema)));
    reference.section("The file", "");
    reference.section("Each input: `inputs.<name>`", "/$defs/input");
    reference.section("`event-time` of an input", "/$defs/eventTime");
    reference.section("Inputs with `connector: kafka`", "/$defs/input/then");
    reference.section("`start` of a Kafka input, as a map", "/$defs/input/then/properties/start");
    reference.section("Inputs with `connector: event-hubs-capture`", "/$defs/input/else/then");
    reference.section("Each function: `functions.<name>`, as a map", "/$defs/function");
    reference.section("Each output: `outputs.<alias>`", "/$defs/output");
    return reference.page.toString();
  }

  private void section(String title, String at) {
    page.append("\n## ").append(title).append("\n\n");
    JsonNode object = schema.at(at);
    List<String> required = new ArrayList<>();
    object.path("required").forEach(key -> required.add(key.asText()));
    page.append(
        "| key | type | default | meaning | in ASA | example |\n|---|---|---|---|---|---|\n");
    for (Map.Entry<String, JsonNode> property : object.path("properties").properties()) {
      JsonNode described = resolved(property.getValue());
      if (!described.isEmpty()) { // The keys of every input are described in their own section.
        row(property.getKey(), described, required.contains(property.getKey()));
      }
    }
  }

  private void row(String key, JsonNode property, boolean required) {
    page.append(
        "| `%s` | %s | %s | %s | %s | %s |%n"
            .formatted(
                key,
                type(property),
                required ? "**required**" : code(property.path("default")),
                property.path("description").asText(),
                property.path("$comment").asText().replaceFirst("^ASA: ", ""),
                code(property.at("/examples/0"))));
  }

  private JsonNode resolved(JsonNode property) {
    return property.has("$ref") && !property.has("description")
        ? resolved(schema.at(property.get("$ref").asText().substring(1)))
        : property;
  }

  private static String type(JsonNode property) {
    JsonNode values = property.has("enum") ? property.path("enum") : property.at("/else/enum");
    if (values.isArray()) {
      List<String> names = new ArrayList<>();
      values.forEach(value -> names.add("`" + value.asText() + "`"));
      return String.join(", ", names);
    }
    List<String> words = new ArrayList<>();
    JsonNode types = property.path("type");
    (types.isArray() ? types : List.of(types)).forEach(type -> words.add(word(type.asText())));
    return String.join(" or ", words);
  }

  private static String word(String type) {
    return switch (type) {
      case "object" -> "map";
      case "array" -> "list";
      default -> type;
    };
  }

  private static String code(JsonNode value) {
    if (value.isMissingNode()) {
      return "";
    }
    String text =
        value.isTextual()
            ? value.asText()
            : value.toString().replace("\":", ": ").replace("\"", "").replace(",", ", ");
    return "`" + text.replace("|", "\\|") + "`";
  }
}

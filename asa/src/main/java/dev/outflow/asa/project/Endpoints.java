package dev.outflow.asa.project;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Reads inputs and outputs, in the form of projects and in that of templates. */
final class Endpoints {
  private Endpoints() {}

  /** Reads an input or output file of a project. */
  static Endpoint ofProject(JsonNode node, String text, String file) {
    String alias =
        JsonFields.text(node, "Name")
            .or(() -> JsonFields.text(node, "InputAlias"))
            .or(() -> JsonFields.text(node, "OutputAlias"))
            .orElse(file.replaceFirst(".*[/\\\\]", "").replaceFirst("\\.json$", ""));
    String service =
        JsonFields.text(node, "DataSourceType")
            .or(() -> JsonFields.text(node, "SourceType"))
            .orElse("");
    boolean reference =
        JsonFields.text(node, "Type")
            .filter(type -> type.toLowerCase(Locale.ROOT).startsWith("ref"))
            .isPresent();
    return new Endpoint(
        alias,
        kind(service, node),
        service,
        reference,
        JsonFields.values(node),
        JsonFields.values(JsonFields.field(node, "Serialization")),
        Optional.empty(),
        file,
        JsonFields.line(text, alias));
  }

  /** Reads an input or output of a template, whose properties stand in {@code properties}. */
  static Endpoint ofTemplate(String alias, JsonNode properties, String text, String file) {
    JsonNode source = JsonFields.field(properties, "datasource");
    String service = JsonFields.text(source, "type").orElse("");
    Map<String, String> values = new LinkedHashMap<>(JsonFields.values(source));
    JsonFields.text(properties, "compression", "type")
        .ifPresent(compression -> values.put("compresssiontype", compression));
    return new Endpoint(
        alias,
        kind(service, source),
        service,
        JsonFields.text(properties, "type").filter("reference"::equalsIgnoreCase).isPresent(),
        values,
        JsonFields.values(JsonFields.field(properties, "serialization")),
        Optional.empty(),
        file,
        JsonFields.line(text, alias));
  }

  private static Endpoint.Kind kind(String service, JsonNode node) {
    String name = service.toLowerCase(Locale.ROOT).replaceAll("[^a-z]", "");
    if (name.contains("kafka")) {
      return Endpoint.Kind.KAFKA;
    }
    if (name.contains("iothub")) {
      return Endpoint.Kind.IOT_HUB;
    }
    if (name.contains("eventhub")) {
      return Endpoint.Kind.EVENT_HUBS;
    }
    boolean kafka =
        JsonFields.values(node).keySet().stream()
            .anyMatch(key -> key.startsWith("bootstrapserver"));
    return kafka ? Endpoint.Kind.KAFKA : Endpoint.Kind.OTHER;
  }
}

package dev.outflow.asa;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outflow.asa.column.Sample;
import dev.outflow.asa.translation.Translation;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;

/** The rows of a sample, as ./outflow test reads them. */
final class SampleRows {
  private static final Instant FIRST_ARRIVAL = Instant.parse("2026-01-01T00:00:00Z");
  private static final String TIME = "TIMESTAMP_LTZ(3)";

  private SampleRows() {}

  /** Returns a line for each record that has an event time. */
  static String of(Sample sample, Translation.Input input) {
    StringBuilder lines = new StringBuilder();
    int number = 0;
    for (ObjectNode record : sample.records()) {
      ObjectNode row = JsonNodeFactory.instance.objectNode();
      Instant arrival = FIRST_ARRIVAL.plusSeconds(number++);
      input.columns().forEach((name, type) -> add(row, record, name, type, arrival));
      boolean timed =
          input
              .eventTime()
              .filter(column -> input.fields().contains(column))
              .map(row::hasNonNull)
              .orElse(true);
      if (timed) {
        lines.append(row).append('\n');
      }
    }
    return lines.toString();
  }

  private static void add(
      ObjectNode row, ObjectNode record, String name, String type, Instant arrival) {
    if (type.startsWith("AS ")) {
      return;
    }
    JsonNode value = find(record, name);
    if (type.contains(" METADATA FROM 'timestamp'")) {
      row.put(name, value == null ? arrival.toString() : millis(value.asText()));
    } else if (type.contains(" METADATA FROM 'partition'")) {
      row.put(name, value == null ? 0 : value.asInt());
    } else if (value != null) {
      row.set(name, converted(value, type));
    }
  }

  private static JsonNode find(ObjectNode record, String name) {
    for (Map.Entry<String, JsonNode> field : record.properties()) {
      if (field.getKey().equals(name)) {
        return field.getValue();
      }
    }
    String key = name.toLowerCase(Locale.ROOT);
    return record.properties().stream()
        .filter(field -> field.getKey().toLowerCase(Locale.ROOT).equals(key))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse(null);
  }

  private static JsonNode converted(JsonNode value, String type) {
    if (value.isNull()) {
      return value;
    }
    JsonNodeFactory json = JsonNodeFactory.instance;
    if (type.equals(TIME)) {
      return json.textNode(millis(value.asText()));
    }
    if (type.equals("STRING") && !value.isTextual()) {
      return json.textNode(value.isValueNode() ? value.asText() : value.toString());
    }
    if (type.contains(TIME) && value instanceof ArrayNode array) {
      ArrayNode copy = json.arrayNode();
      array.forEach(element -> copy.add(times(element)));
      return copy;
    }
    return type.contains(TIME) ? times(value) : value;
  }

  /** Cuts times within records. */
  private static JsonNode times(JsonNode value) {
    if (value instanceof ObjectNode object) {
      ObjectNode copy = JsonNodeFactory.instance.objectNode();
      object.properties().forEach(field -> copy.set(field.getKey(), times(field.getValue())));
      return copy;
    }
    return value.isTextual() ? JsonNodeFactory.instance.textNode(millis(value.asText())) : value;
  }

  /** Cuts the decimals of a time to milliseconds. */
  private static String millis(String time) {
    String cut = time.replaceFirst("(T\\d{2}:\\d{2}:\\d{2}\\.\\d{1,3})\\d*Z$", "$1Z");
    return cut.replaceFirst("T(\\d{2}:\\d{2})Z$", "T$1:00Z");
  }
}

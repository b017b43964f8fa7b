package dev.outflow.definition;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Flattens nested options as Flink expects them: {@code kafka: {linger.ms: 5}} to {@code
 * kafka.linger.ms: 5}, and a list to its items separated by semicolons.
 */
final class FlatOptions {
  /** The keys of an input that are not options. */
  private static final Set<String> STRUCTURE = Set.of("columns", "primary-key", "event-time");

  private FlatOptions() {}

  /** Flattens the options of each input or output. */
  static ObjectNode ofEach(JsonNode named) {
    ObjectNode all = JsonNodeFactory.instance.objectNode();
    named.properties().forEach(table -> all.set(table.getKey(), of(table.getValue())));
    return all;
  }

  /** Flattens options; returns none if the node is missing. */
  static ObjectNode of(JsonNode options) {
    ObjectNode flat = JsonNodeFactory.instance.objectNode();
    for (Map.Entry<String, JsonNode> option : options.properties()) {
      if (STRUCTURE.contains(option.getKey())) {
        flat.set(option.getKey(), option.getValue());
      } else {
        add(flat, option.getKey(), option.getValue());
      }
    }
    return flat;
  }

  private static void add(ObjectNode flat, String key, JsonNode value) {
    if (value instanceof ObjectNode nested) {
      nested
          .properties()
          .forEach(option -> add(flat, key + "." + option.getKey(), option.getValue()));
    } else if (value instanceof ArrayNode list) {
      List<String> items = new ArrayList<>();
      list.forEach(item -> items.add(item.asText()));
      flat.put(key, String.join(";", items));
    } else {
      flat.put(key, value.asText());
    }
  }
}

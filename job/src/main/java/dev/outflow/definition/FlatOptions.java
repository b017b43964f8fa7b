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
 * Options as Flink has them: {@code kafka: {linger.ms: 5}} is {@code kafka.linger.ms: 5}, and a
 * list is its items separated by semicolons.
 */
final class FlatOptions {
  /** What in an input is not an option. */
  private static final Set<String> STRUCTURE = Set.of("columns", "event-time");

  private FlatOptions() {}

  /** The options of each input or output. */
  static ObjectNode ofEach(JsonNode named) {
    ObjectNode all = JsonNodeFactory.instance.objectNode();
    named.properties().forEach(each -> all.set(each.getKey(), of(each.getValue())));
    return all;
  }

  /** The options of one; empty if it is missing. */
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
      nested.properties().forEach(each -> add(flat, key + "." + each.getKey(), each.getValue()));
    } else if (value instanceof ArrayNode list) {
      List<String> items = new ArrayList<>();
      list.forEach(item -> items.add(item.asText()));
      flat.put(key, String.join(";", items));
    } else {
      flat.put(key, value.asText());
    }
  }
}

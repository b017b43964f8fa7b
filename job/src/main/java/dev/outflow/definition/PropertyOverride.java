package dev.outflow.definition;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outflow.option.Suggestion;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One property of {@code --set path=value} or of an environment's file.
 *
 * @param path keys separated by dots: {@code outputs.large_orders.kafka.linger.ms}
 * @param value as it would be written in the definition; null removes the property
 * @param location where it is written, without the value, which may be a secret
 */
record PropertyOverride(String path, JsonNode value, Location location) {
  private static final Map<String, String> NAMED = Map.of("inputs", "input", "outputs", "output");

  /** Returns that of {@code --set}. */
  static PropertyOverride ofArgument(String path, JsonNode value) {
    return new PropertyOverride(path, value, Location.of("--set " + path));
  }

  /** Returns whether it sets {@code other} or a parent of it. */
  boolean covers(String other) {
    return other.equals(path) || other.startsWith(path + ".");
  }

  /** Sets the value in {@code definition}, unless it is for an unknown input or output. */
  Optional<Problem> apply(ObjectNode definition) {
    String[] keys = path.split("\\.", 3);
    if (keys.length == 3
        && NAMED.containsKey(keys[0])
        && !definition.at("/" + keys[0]).has(keys[1])) {
      List<String> known = new ArrayList<>();
      definition.path(keys[0]).fieldNames().forEachRemaining(known::add);
      return Optional.of(
          new Problem(
              location(),
              keys[0] + "." + keys[1],
              "unknown " + NAMED.get(keys[0]) + Suggestion.among(known, keys[1])));
    }
    if (keys.length > 1 && !definition.has(keys[0])) {
      definition.putObject(keys[0]);
    }
    set(definition, path);
    return Optional.empty();
  }

  /** Sets the value at a path whose last key can contain dots, as options of Flink and Kafka do. */
  private void set(ObjectNode node, String rest) {
    for (int dot = rest.indexOf('.'); dot > 0; dot = rest.indexOf('.', dot + 1)) {
      if (node.get(rest.substring(0, dot)) instanceof ObjectNode child) {
        set(child, rest.substring(dot + 1));
        return;
      }
    }
    if (value.isNull()) {
      node.remove(rest);
    } else {
      node.set(rest, value);
    }
  }

  /** Leaves out the value, which may be a secret. */
  @Override
  public String toString() {
    return "PropertyOverride[" + path + "]";
  }
}

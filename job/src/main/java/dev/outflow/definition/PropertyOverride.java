package dev.outflow.definition;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outflow.option.Suggestion;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One {@code --set path=value}.
 *
 * @param path keys separated by dots: {@code outputs.large_orders.kafka.linger.ms}
 * @param value as it would stand in the file
 */
record PropertyOverride(String path, JsonNode value) {
  private static final Set<String> NAMED = Set.of("inputs", "outputs");

  /** Where it stands, for messages; its value may be a secret. */
  Location place() {
    return Location.of("--set " + path);
  }

  /** Whether {@code other} is what it sets, or a part of that. */
  boolean covers(String other) {
    return other.equals(path) || other.startsWith(path + ".");
  }

  /** Sets the value in {@code definition}, if it is about an input or output that there is. */
  Optional<Problem> apply(ObjectNode definition) {
    String[] keys = path.split("\\.", 3);
    if (keys.length == 3 && NAMED.contains(keys[0]) && !definition.at("/" + keys[0]).has(keys[1])) {
      List<String> known = new ArrayList<>();
      definition.path(keys[0]).fieldNames().forEachRemaining(known::add);
      return Optional.of(
          new Problem(
              place(),
              keys[0] + "." + keys[1],
              "there is no such name" + Suggestion.among(known, keys[1])));
    }
    if (keys.length > 1 && !definition.has(keys[0])) {
      definition.putObject(keys[0]);
    }
    set(definition, path);
    return Optional.empty();
  }

  /** Keys may have dots themselves, as options of Flink and Kafka do: the rest is then one key. */
  private void set(ObjectNode node, String rest) {
    for (int dot = rest.indexOf('.'); dot > 0; dot = rest.indexOf('.', dot + 1)) {
      if (node.get(rest.substring(0, dot)) instanceof ObjectNode child) {
        set(child, rest.substring(dot + 1));
        return;
      }
    }
    node.set(rest, value);
  }

  /** Without the value, which may be a secret. */
  @Override
  public String toString() {
    return "Setting[" + path + "]";
  }
}

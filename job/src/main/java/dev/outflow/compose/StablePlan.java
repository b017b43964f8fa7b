package dev.outflow.compose;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outflow.kafka.input.KafkaInputTableFactory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/**
 * Gives the operators of a compiled plan stable ids, so that a savepoint can be restored after the
 * definition was changed.
 *
 * <p>Flink numbers operators with a counter of the JVM: the same job gets other ids when it is
 * submitted again to a running cluster, or when another output is planned before it. Here an id is
 * derived from the purpose of the operator: the table that it reads or writes, or else the first
 * output that it leads to; its type; what its state depends on; and its position among operators
 * for which all this is equal. Appending an output or changing a filter keeps the ids of the other
 * operators. Changing a grouping, window or aggregate makes it another operator, so that Flink
 * reports the old state as unmapped at the start instead of misreading it.
 */
final class StablePlan {
  /** The web UI shows the id next to each operator's name: keep it short. */
  private static final int IDS = 100_000;

  /** Fields of Flink's plan that determine an operator's state and its keys. */
  private static final List<String> STATE =
      List.of(
          "grouping",
          "aggCalls",
          "windowing",
          "leftWindowing",
          "rightWindowing",
          "joinSpec",
          "intervalJoinSpec",
          "overSpec",
          "partition",
          "partitionKeys",
          "sortKeys",
          "orderBy",
          "rankRange",
          "uniqueKeys",
          "matchSpec");

  /** Only process table functions have it; Flink takes it as their id whatever the node's id. */
  private static final String UID = "uid";

  private static final String CALL = "functionCall";

  private static final String MATERIALIZES = "requireUpsertMaterialize";

  private static final Pattern WORD = Pattern.compile("(?:^|-)(\\w)(\\w*)");
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Map<Integer, ObjectNode> nodes = new LinkedHashMap<>();
  private final Map<Integer, List<Integer>> inputs = new HashMap<>();
  private final Map<Integer, Integer> stable = new HashMap<>();
  private final Map<String, Integer> ordinals = new HashMap<>();
  private final Map<String, List<String>> keys;

  private StablePlan(JsonNode plan, Map<String, List<String>> keys) {
    this.keys = keys;
    plan.get("nodes").forEach(node -> nodes.put(node.get("id").asInt(), (ObjectNode) node));
    plan.get("edges")
        .forEach(
            edge ->
                inputs
                    .computeIfAbsent(edge.get("target").asInt(), target -> new ArrayList<>())
                    .add(edge.get("source").asInt()));
  }

  /**
   * Returns the plan with stable ids; both are Flink's JSON of a compiled plan.
   *
   * @param keys the key of each output whose rows change earlier ones, which the plan lacks
   */
  static String of(String plan, Map<String, List<String>> keys) {
    try {
      JsonNode json = JSON.readTree(plan);
      new StablePlan(json, keys).renumber(json);
      return JSON.writeValueAsString(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the compiled plan is not valid JSON", e);
    }
  }

  /** Returns Flink's names of the operators of a plan: {@code orders}, {@code Calc[8872]}. */
  static List<String> operators(String plan) {
    try {
      List<String> names = new ArrayList<>();
      for (JsonNode node : JSON.readTree(plan).get("nodes")) {
        if (node.get("type").asText().startsWith("stream-exec-exchange")) {
          continue; // It becomes an edge of the job graph.
        }
        names.add(name(node));
      }
      return names;
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the compiled plan is not valid JSON", e);
    }
  }

  /** Returns the table's name, or the type as Flink shortens it: {@code GlobalWindowAggregate}. */
  private static String name(JsonNode node) {
    for (String role : List.of("scanTableSource", "dynamicTableSink")) {
      String table = node.at("/" + role + "/table/identifier").asText();
      if (!table.isEmpty()) {
        return InputDeadLetters.operator(bare(name(table)));
      }
    }
    String type = node.get("type").asText().replaceFirst("^stream-exec-", "");
    return WORD.matcher(type.replaceFirst("_\\d+$", ""))
            .replaceAll(word -> word.group(1).toUpperCase(Locale.ROOT) + word.group(2))
        + "["
        + node.get("id").asInt()
        + "]";
  }

  /** Returns the name of a table without its catalog. */
  private static String name(String identifier) {
    return identifier.substring(identifier.lastIndexOf('.') + 1).replace("`", "");
  }

  private void renumber(JsonNode plan) {
    for (int node : List.copyOf(nodes.keySet())) {
      table(node, "dynamicTableSink").ifPresent(output -> assign(node, output));
    }
    nodes.forEach(
        (id, node) -> {
          node.put("id", stable.get(id));
          if (node.path(UID).isTextual()) {
            node.put(UID, node.get(UID).asText() + "-" + hash(state(id)));
          }
        });
    for (JsonNode edge : plan.get("edges")) {
      for (String end : List.of("source", "target")) {
        ((ObjectNode) edge).put(end, stable.get(edge.get(end).asInt()));
      }
    }
  }

  /** Assigns ids depth-first from an output to its inputs, in the plan's order. */
  private void assign(int node, String output) {
    if (stable.containsKey(node)) {
      return;
    }
    String purpose =
        "%s/%s/%s"
            .formatted(
                table(node, "scanTableSource").orElse(output),
                nodes.get(node).get("type").asText(),
                state(node));
    int ordinal = ordinals.merge(purpose, 1, Integer::sum);
    int id = hash(purpose + "/" + ordinal);
    while (stable.containsValue(id)) {
      id = id % IDS + 1;
    }
    stable.put(node, id);
    inputs.getOrDefault(node, List.of()).forEach(input -> assign(input, output));
  }

  /** Returns what the state of an operator depends on; empty for one without keyed state. */
  private String state(int node) {
    StringBuilder state = new StringBuilder();
    for (String field : STATE) {
      JsonNode value = nodes.get(node).get(field);
      if (value != null) {
        state.append(field).append(value);
      }
    }
    if (nodes.get(node).path(UID).isTextual()) {
      state.append(CALL).append(nodes.get(node).get(CALL));
    }
    if (nodes.get(node).has(MATERIALIZES)) {
      // The sink keeps the rows of each key.
      state.append(MATERIALIZES).append(nodes.get(node).get("conflictStrategy"));
      table(node, "dynamicTableSink").ifPresent(table -> state.append(keys.get(name(table))));
    }
    if (!state.isEmpty()) {
      // Fields refer to columns by index only.
      inputs
          .getOrDefault(node, List.of())
          .forEach(input -> state.append(nodes.get(input).get("outputType")));
    }
    return state.toString();
  }

  private Optional<String> table(int node, String role) {
    return Optional.of(nodes.get(node).at("/" + role + "/table/identifier").asText())
        .filter(identifier -> !identifier.isEmpty())
        .map(StablePlan::bare);
  }

  /** Ignores whether an input has dead letters, so that its offsets are restored either way. */
  private static String bare(String table) {
    return table.replace(KafkaInputTableFactory.RECORDS, "");
  }

  private static int hash(String purpose) {
    CRC32 crc = new CRC32();
    crc.update(purpose.getBytes(UTF_8));
    return (int) (crc.getValue() % IDS) + 1;
  }
}

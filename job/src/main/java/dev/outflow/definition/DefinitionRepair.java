package dev.outflow.definition;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Makes a definition agree with the schema, so that what else is wrong can be found in the same
 * run: a misspelt key becomes the one that was meant, what cannot be right is left out, what is
 * missing gets something that will do. Each of these is told.
 */
final class DefinitionRepair {
  /** What will do for a key that must not be missing. */
  private static final Map<String, String> DO =
      Map.of(
          "name", "unnamed",
          "connector", "kafka",
          "bootstrap-servers", "localhost:9092",
          "topic", "unnamed",
          "format", "json");

  private static final Set<String> OF_ANY_CONNECTOR = Set.of("columns", "event-time");

  /** What was put somewhere may not be right there, either; it is not told again. */
  private static final int ROUNDS = 5;

  private final ObjectNode definition;
  private final Consumer<SchemaViolation> told;
  private final Set<String> lost = new HashSet<>();
  private final Map<String, String> writtenAs = new HashMap<>();

  private DefinitionRepair(ObjectNode definition, Consumer<SchemaViolation> told) {
    this.definition = definition;
    this.told = told;
  }

  /**
   * Mends {@code definition} in place.
   *
   * @param told is told of each departure from the schema
   */
  static DefinitionRepair mend(ObjectNode definition, Consumer<SchemaViolation> told) {
    DefinitionRepair mending = new DefinitionRepair(definition, told);
    mending.dropComments(definition, List.of());
    mending.mendKeys();
    boolean again = mending.mendValues(told);
    for (int round = 1; again && round < ROUNDS; round++) {
      again = mending.mendValues(departure -> {});
    }
    return mending;
  }

  /** The paths of what could not be mended, as in {@link Draft}. */
  Set<String> lost() {
    return lost;
  }

  /** The path under which the author wrote what stands at {@code path} now. */
  String writtenAs(String path) {
    return writtenAs.getOrDefault(path, path);
  }

  /** The validator passes over keys that begin with '#', wherever they stand. */
  private void dropComments(JsonNode node, List<String> path) {
    for (Map.Entry<String, JsonNode> entry : List.copyOf(node.properties())) {
      List<String> entryPath = new ArrayList<>(path);
      entryPath.add(entry.getKey());
      if (entry.getKey().startsWith("#")) {
        told.accept(SchemaViolation.comment(entryPath));
        ((ObjectNode) node).remove(entry.getKey());
      } else {
        dropComments(entry.getValue(), entryPath);
      }
    }
  }

  /** Keys first: a misspelt one is not also a missing one. */
  private void mendKeys() {
    for (SchemaViolation departure : JobSchema.check(definition)) {
      if (departure.isUnknownKey() && parent(departure) instanceof ObjectNode parent) {
        told.accept(departure);
        JsonNode value = parent.remove(departure.key());
        departure
            .meant()
            .filter(meant -> !parent.has(meant))
            .ifPresent(
                meant -> {
                  parent.set(meant, value);
                  writtenAs.put(path(beside(departure, meant)), path(departure.path()));
                });
      }
    }
  }

  /** Whether there was anything to mend. */
  private boolean mendValues(Consumer<SchemaViolation> listener) {
    List<SchemaViolation> departures = JobSchema.check(definition);
    for (SchemaViolation departure : departures) {
      listener.accept(departure);
      mend(departure);
    }
    return !departures.isEmpty();
  }

  private void mend(SchemaViolation departure) {
    List<String> path = departure.path();
    if (path.isEmpty()) {
      return;
    }
    String key = departure.key();
    boolean inTable = path.size() > 2 && !path.get(0).equals("flink");
    boolean aboutColumns =
        inTable
            && path.get(0).equals("inputs")
            && Set.of("columns", "event-time").contains(path.get(2));
    if (path.get(0).equals("queries") || path.size() == 2 || aboutColumns) {
      lose(path.subList(0, Math.min(2, path.size())));
    } else if (parent(departure) instanceof ObjectNode parent) {
      if (key.equals("connector")) {
        parent.retain(OF_ANY_CONNECTOR); // Which other keys there may be depends on it.
      }
      String will = departure.meant().orElse(DO.get(key));
      boolean needed = departure.isMissingKey() || DO.containsKey(key);
      parent.remove(key);
      if (will != null && (needed || departure.meant().isPresent())) {
        parent.put(key, will);
      } else if (path.size() == 1) {
        lost.add(key);
      }
    } else if (inTable) {
      lose(path.subList(0, 2)); // Inside of a list.
    }
  }

  private void lose(List<String> path) {
    lost.add(path(path));
    if (path.size() == 2 && definition.get(path.get(0)) instanceof ObjectNode section) {
      section.remove(path.get(1));
    } else {
      definition.remove(path.get(0));
    }
  }

  private JsonNode parent(SchemaViolation departure) {
    JsonNode node = definition;
    for (String key : departure.path().subList(0, Math.max(0, departure.path().size() - 1))) {
      node = node.isArray() ? node.path(Integer.parseInt(key)) : node.path(key);
    }
    return node;
  }

  private static List<String> beside(SchemaViolation departure, String key) {
    List<String> path = new ArrayList<>(departure.path());
    path.set(path.size() - 1, key);
    return path;
  }

  private static String path(List<String> keys) {
    return String.join(".", keys);
  }
}

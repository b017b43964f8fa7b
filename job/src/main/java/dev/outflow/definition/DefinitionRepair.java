package dev.outflow.definition;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Makes a definition conform to the schema, so that later checks can run and report their problems
 * too. Renames misspelled keys, replaces or removes invalid values, and fills in required ones.
 * Every violation that it repairs is a problem of the definition.
 */
final class DefinitionRepair {
  /** Placeholders for required keys. */
  private static final Map<String, String> PLACEHOLDERS =
      Map.of(
          "name", "unnamed",
          "connector", "kafka",
          "bootstrap-servers", "localhost:9092",
          "topic", "unnamed",
          "format", "json");

  private static final Set<String> OF_ANY_CONNECTOR =
      Set.of("columns", "primary-key", "event-time");

  /** A replaced value can be invalid, too; later rounds report nothing. */
  private static final int ROUNDS = 5;

  private final ObjectNode definition;
  private final List<SchemaViolation> violations = new ArrayList<>();
  private final Map<String, String> writtenAs = new HashMap<>();
  private Unusable unusable = Unusable.NOTHING;

  private DefinitionRepair(ObjectNode definition) {
    this.definition = definition;
  }

  /** Repairs {@code definition} in place. */
  static DefinitionRepair of(ObjectNode definition) {
    DefinitionRepair repair = new DefinitionRepair(definition);
    repair.removeComments(definition, List.of());
    repair.renameKeys(); // First, so that a misspelled key is not reported as missing, too.
    List<SchemaViolation> found = JobSchema.check(definition);
    repair.violations.addAll(found);
    for (int round = 0; !found.isEmpty() && round < ROUNDS; round++) {
      found.forEach(repair::repair);
      found = JobSchema.check(definition);
    }
    return repair;
  }

  /** Returns the violations that were found. */
  List<SchemaViolation> violations() {
    return violations;
  }

  /** Returns the parts that had to be removed. */
  Unusable unusable() {
    return unusable;
  }

  /** Returns the path in the file of what is at {@code path} now. */
  String writtenAs(String path) {
    return writtenAs.getOrDefault(path, path);
  }

  /** The validator ignores keys that start with '#'. */
  private void removeComments(JsonNode node, List<String> path) {
    for (Map.Entry<String, JsonNode> entry : List.copyOf(node.properties())) {
      List<String> entryPath = new ArrayList<>(path);
      entryPath.add(entry.getKey());
      if (entry.getKey().startsWith("#")) {
        violations.add(SchemaViolation.comment(entryPath));
        ((ObjectNode) node).remove(entry.getKey());
      } else {
        removeComments(entry.getValue(), entryPath);
      }
    }
  }

  private void renameKeys() {
    for (SchemaViolation violation : JobSchema.check(definition)) {
      if (violation.isUnknownKey() && parent(violation) instanceof ObjectNode parent) {
        violations.add(violation);
        JsonNode value = parent.remove(violation.key());
        violation
            .suggestion()
            .filter(key -> !parent.has(key))
            .ifPresent(
                key -> {
                  parent.set(key, value);
                  List<String> path = new ArrayList<>(violation.path());
                  path.set(path.size() - 1, key);
                  writtenAs.put(String.join(".", path), String.join(".", violation.path()));
                });
      }
    }
  }

  private void repair(SchemaViolation violation) {
    List<String> path = violation.path();
    if (path.isEmpty()) {
      return;
    }
    boolean inTable = path.size() > 2 && !path.get(0).equals("flink");
    boolean inColumns = inTable && path.get(0).equals("inputs") && path.get(2).equals("columns");
    boolean isColumn = inColumns && path.size() > 3;
    if (path.get(0).equals("queries")
        || path.get(0).equals("functions")
        || path.size() == 2
        || (inColumns && !isColumn)) {
      remove(path);
    } else if (isColumn) {
      removeKey(path.subList(0, 4)); // Queries that do not use it can still be checked.
    } else if (inTable && isEventTime(path)) {
      removeKey(path.subList(0, 3));
    } else if (parent(violation) instanceof ObjectNode parent) {
      repairValue(violation, parent);
    } else if (inTable) {
      remove(path); // An item of a list.
    }
  }

  /** Without its column, or as no map, an event time cannot be used at all. */
  private static boolean isEventTime(List<String> path) {
    return path.get(2).equals("event-time") && (path.size() == 3 || path.get(3).equals("column"));
  }

  private void removeKey(List<String> path) {
    JsonNode parent = definition;
    for (String key : path.subList(0, path.size() - 1)) {
      parent = parent.path(key);
    }
    unusable = unusable.with(String.join(".", path));
    if (parent instanceof ObjectNode map) {
      map.remove(path.get(path.size() - 1));
    }
  }

  private void repairValue(SchemaViolation violation, ObjectNode parent) {
    String key = violation.key();
    if (key.equals("connector")) {
      parent.retain(OF_ANY_CONNECTOR); // It determines which other keys are allowed.
    }
    parent.remove(key);
    if (violation.isUnknownKey()) {
      return; // Its suggestion is a key, not a value.
    }
    String value = violation.suggestion().orElse(PLACEHOLDERS.get(key));
    if (value != null) {
      parent.put(key, value);
    } else if (violation.path().size() == 1) {
      unusable = unusable.with(key);
    }
  }

  /** Removes the section, or the entry of a section, that contains {@code path}. */
  private void remove(List<String> path) {
    List<String> keys = path.subList(0, Math.min(2, path.size()));
    unusable = unusable.with(String.join(".", keys));
    if (keys.size() == 2 && definition.get(keys.get(0)) instanceof ObjectNode section) {
      section.remove(keys.get(1));
    } else {
      definition.remove(keys.get(0));
    }
  }

  private JsonNode parent(SchemaViolation violation) {
    JsonNode node = definition;
    for (String key : violation.path().subList(0, violation.path().size() - 1)) {
      node = node.isArray() ? node.path(Integer.parseInt(key)) : node.path(key);
    }
    return node;
  }
}

package dev.outflow.definition;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The parts of a definition that could be neither read nor repaired. Further checks skip them and
 * what depends on them, because their problems are already reported.
 *
 * @param paths sections such as {@code queries}, their entries such as {@code inputs.orders}, and
 *     parts of inputs such as {@code inputs.orders.columns.city} and {@code
 *     inputs.orders.event-time}
 */
public record Unusable(Set<String> paths) {
  private static final String EVENT_TIME = ".event-time";
  private static final String FUNCTIONS = "functions.";

  /** No part. */
  public static final Unusable NOTHING = new Unusable(Set.of());

  public Unusable {
    paths = Set.copyOf(paths);
  }

  /** Returns these parts and another one. */
  public Unusable with(String path) {
    return new Unusable(Stream.concat(paths.stream(), Stream.of(path)).collect(Collectors.toSet()));
  }

  /** Returns whether the section or entry at {@code path} is unusable. */
  public boolean contains(String path) {
    return paths.contains(path);
  }

  /** Returns whether a section or any of its entries is unusable. */
  boolean affects(String section) {
    return paths.stream().anyMatch(path -> path.equals(section) || path.startsWith(section + "."));
  }

  /** Returns the paths of the inputs, queries and outputs that are unusable, by their names. */
  public Map<String, String> tables() {
    Map<String, String> tables = new TreeMap<>();
    paths.stream()
        .filter(path -> path.chars().filter(letter -> letter == '.').count() == 1)
        .filter(path -> !path.startsWith(FUNCTIONS))
        .forEach(path -> tables.put(path.substring(path.indexOf('.') + 1), path));
    return tables;
  }

  /** Returns the paths of the functions that are unusable, by their names in lowercase. */
  public Map<String, String> functions() {
    Map<String, String> functions = new TreeMap<>();
    paths.stream()
        .filter(path -> path.startsWith(FUNCTIONS))
        .forEach(
            path ->
                functions.put(path.substring(FUNCTIONS.length()).toLowerCase(Locale.ROOT), path));
    return functions;
  }

  /** Returns the paths of the columns that are unusable, by their names. */
  public Map<String, String> columns() {
    Map<String, String> columns = new TreeMap<>();
    for (String path : paths) {
      String[] keys = path.split("\\.", 4);
      if (keys.length == 4 && keys[2].equals("columns")) {
        columns.put(keys[3], path);
      }
    }
    return columns;
  }

  /** Returns the paths of the event times that are unusable. */
  public List<String> eventTimes() {
    return paths.stream().filter(path -> path.endsWith(EVENT_TIME)).sorted().toList();
  }
}

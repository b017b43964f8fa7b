package dev.outflow.sampling.column;

import static java.util.Comparator.comparingInt;
import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The kinds of rows in a topic, by the names of their fields. Rows that share at least half of
 * their names have the same shape.
 *
 * @param groups the rows of each shape, the most frequent first
 */
record Shapes(List<List<SampleRow>> groups) {
  private static final double SAME = 0.5;

  /** Rarer shapes are exceptions. */
  private static final double MIN_PART = 0.05;

  private static final int MAX_TYPES = 20;
  private static final int MAX_NAMES = 8;

  static Shapes of(List<SampleRow> rows) {
    Map<Set<String>, List<SampleRow>> byNames = new LinkedHashMap<>();
    rows.forEach(row -> byNames.computeIfAbsent(names(row), names -> new ArrayList<>()).add(row));
    Map<Set<String>, List<SampleRow>> groups = new LinkedHashMap<>();
    byNames.entrySet().stream()
        .sorted(
            comparingInt((Map.Entry<Set<String>, List<SampleRow>> same) -> same.getValue().size())
                .reversed())
        .forEach(
            same ->
                groups
                    .computeIfAbsent(
                        groups.keySet().stream()
                            .filter(other -> similarity(other, same.getKey()) >= SAME)
                            .findFirst()
                            .orElse(same.getKey()),
                        names -> new ArrayList<>())
                    .addAll(same.getValue()));
    return new Shapes(
        groups.values().stream()
            .filter(group -> group.size() > 1 && group.size() >= MIN_PART * rows.size())
            .sorted(comparingInt((List<SampleRow> group) -> group.size()).reversed())
            .toList());
  }

  private static Set<String> names(SampleRow row) {
    Set<String> names = new LinkedHashSet<>();
    row.values().fieldNames().forEachRemaining(names::add);
    return names;
  }

  private static double similarity(Set<String> first, Set<String> second) {
    Set<String> all = new HashSet<>(first);
    all.addAll(second);
    long common = first.stream().filter(second::contains).count();
    return all.isEmpty() ? 1 : (double) common / all.size();
  }

  /** Describes the shapes if there are several, without values. */
  List<String> notes() {
    if (groups.size() < 2) {
      return List.of();
    }
    String shapes =
        groups.stream()
            .map(group -> "%d rows with %s".formatted(group.size(), summary(group)))
            .collect(joining("; "));
    return List.of(
        "%d shapes of rows in one topic: %s%s; split them in queries"
            .formatted(
                groups.size(),
                shapes,
                discriminator().map("; column '%s' tells them apart"::formatted).orElse("")));
  }

  private static String summary(List<SampleRow> group) {
    Set<String> names = names(group.get(0));
    return names.stream().limit(MAX_NAMES).collect(joining(", "))
        + (names.size() > MAX_NAMES ? ", ..." : "");
  }

  /** Returns the column that has different texts in each shape. */
  private Optional<String> discriminator() {
    Set<String> common = new LinkedHashSet<>(names(groups.get(0).get(0)));
    groups.forEach(group -> group.forEach(row -> common.retainAll(names(row))));
    return common.stream().filter(this::tellsApart).findFirst();
  }

  private boolean tellsApart(String column) {
    Set<String> seen = new HashSet<>();
    for (List<SampleRow> group : groups) {
      Set<String> values = new HashSet<>();
      for (SampleRow row : group) {
        JsonNode value = row.values().get(column);
        if (!value.isTextual() || values.size() > MAX_TYPES) {
          return false;
        }
        values.add(value.textValue());
      }
      if (Stream.of(values).flatMap(Set::stream).anyMatch(seen::contains)) {
        return false;
      }
      seen.addAll(values);
    }
    return true;
  }
}

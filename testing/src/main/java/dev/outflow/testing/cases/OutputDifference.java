package dev.outflow.testing.cases;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outflow.testing.rows.RowText;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * The difference between the actual and the expected rows of an output.
 *
 * @param expected the number of expected rows
 * @param actual the number of actual rows
 * @param missing rows that were expected only
 * @param surplus rows that were not expected
 */
record OutputDifference(int expected, int actual, List<JsonNode> missing, List<JsonNode> surplus) {
  private static final Comparator<JsonNode> BY_TEXT = Comparator.comparing(RowText::line);

  /** Compares rows, and how often each occurs. */
  static OutputDifference inAnyOrder(List<JsonNode> expected, List<JsonNode> actual) {
    List<JsonNode> missing = new ArrayList<>(expected);
    List<JsonNode> surplus = new ArrayList<>();
    for (JsonNode row : actual) {
      if (!missing.remove(row)) {
        surplus.add(row);
      }
    }
    return new OutputDifference(expected.size(), actual.size(), sorted(missing), sorted(surplus));
  }

  /** Compares rows and their order; the difference spans the first to the last misplaced row. */
  static OutputDifference inOrder(List<JsonNode> expected, List<JsonNode> actual) {
    int shorter = Math.min(expected.size(), actual.size());
    int begin = 0;
    while (begin < shorter && expected.get(begin).equals(actual.get(begin))) {
      begin++;
    }
    int end = 0;
    while (end < shorter - begin
        && expected.get(expected.size() - 1 - end).equals(actual.get(actual.size() - 1 - end))) {
      end++;
    }
    return new OutputDifference(
        expected.size(),
        actual.size(),
        expected.subList(begin, expected.size() - end),
        actual.subList(begin, actual.size() - end));
  }

  static List<JsonNode> sorted(List<JsonNode> rows) {
    return rows.stream().sorted(BY_TEXT).toList();
  }

  boolean isNone() {
    return missing.isEmpty() && surplus.isEmpty();
  }

  /**
   * Returns a line for each row; for two similar rows, also the fields that differ:
   *
   * <pre>
   * - {"city":"Zürich","orders":2}
   * + {"city":"Zürich","orders":3}
   *   orders: expected 2, got 3
   * </pre>
   */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    List<JsonNode> others = new ArrayList<>(surplus);
    for (JsonNode row : missing) {
      lines.add("- " + RowText.line(row));
      others.stream()
          .max(Comparator.comparingInt(other -> similarity(row, other)))
          .filter(other -> 2 * similarity(row, other) >= row.size())
          .ifPresent(
              other -> {
                others.remove(other);
                lines.add("+ " + RowText.line(other));
                lines.addAll(fields(row, other));
              });
    }
    others.forEach(row -> lines.add("+ " + RowText.line(row)));
    return lines;
  }

  private static int similarity(JsonNode row, JsonNode other) {
    return (int)
        row.properties().stream()
            .filter(field -> field.getValue().equals(other.get(field.getKey())))
            .count();
  }

  private static List<String> fields(JsonNode row, JsonNode other) {
    List<String> lines = new ArrayList<>();
    for (Map.Entry<String, JsonNode> field : row.properties()) {
      JsonNode actual = other.path(field.getKey());
      if (!field.getValue().equals(actual)) {
        lines.add(
            "  %s: expected %s, got %s"
                .formatted(field.getKey(), RowText.line(field.getValue()), RowText.line(actual)));
      }
    }
    return lines;
  }
}

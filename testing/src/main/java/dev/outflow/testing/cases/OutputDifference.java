package dev.outflow.testing.cases;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outflow.testing.rows.RowText;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * How the rows of an output differ from the expected ones.
 *
 * @param expected how many were expected
 * @param came how many came
 * @param missing those that were expected and did not come
 * @param surplus those that came and were not expected
 */
record OutputDifference(int expected, int came, List<JsonNode> missing, List<JsonNode> surplus) {
  private static final Comparator<JsonNode> BY_TEXT = Comparator.comparing(RowText::line);

  /** Where only the rows matter, and how often each comes. */
  static OutputDifference inAnyOrder(List<JsonNode> expected, List<JsonNode> came) {
    List<JsonNode> missing = new ArrayList<>(expected);
    List<JsonNode> surplus = new ArrayList<>();
    for (JsonNode row : came) {
      if (!missing.remove(row)) {
        surplus.add(row);
      }
    }
    return new OutputDifference(expected.size(), came.size(), sorted(missing), sorted(surplus));
  }

  /** Where the order matters, too: all from the first to the last row that is not in its place. */
  static OutputDifference inOrder(List<JsonNode> expected, List<JsonNode> came) {
    int shorter = Math.min(expected.size(), came.size());
    int begin = 0;
    while (begin < shorter && expected.get(begin).equals(came.get(begin))) {
      begin++;
    }
    int end = 0;
    while (end < shorter - begin
        && expected.get(expected.size() - 1 - end).equals(came.get(came.size() - 1 - end))) {
      end++;
    }
    return new OutputDifference(
        expected.size(),
        came.size(),
        expected.subList(begin, expected.size() - end),
        came.subList(begin, came.size() - end));
  }

  static List<JsonNode> sorted(List<JsonNode> rows) {
    return rows.stream().sorted(BY_TEXT).toList();
  }

  boolean isNone() {
    return missing.isEmpty() && surplus.isEmpty();
  }

  /**
   * A line for each row, and under two rows that are alike what differs:
   *
   * <pre>
   * - {"city":"Zürich","orders":2}
   * + {"city":"Zürich","orders":3}
   *   orders: 2 expected, 3 came
   * </pre>
   */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    List<JsonNode> others = new ArrayList<>(surplus);
    for (JsonNode row : missing) {
      lines.add("- " + RowText.line(row));
      others.stream()
          .max(Comparator.comparingInt(other -> alike(row, other)))
          .filter(other -> 2 * alike(row, other) >= row.size())
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

  private static int alike(JsonNode row, JsonNode other) {
    return (int)
        row.properties().stream()
            .filter(each -> each.getValue().equals(other.get(each.getKey())))
            .count();
  }

  private static List<String> fields(JsonNode row, JsonNode other) {
    List<String> lines = new ArrayList<>();
    for (Map.Entry<String, JsonNode> each : row.properties()) {
      JsonNode came = other.path(each.getKey());
      if (!each.getValue().equals(came)) {
        lines.add(
            "  %s: %s expected, %s came"
                .formatted(each.getKey(), RowText.line(each.getValue()), RowText.line(came)));
      }
    }
    return lines;
  }
}

package dev.outflow.testing.cases;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outflow.testing.rows.RowText;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a file of expected rows contains once the actual rows are the expected ones. */
final class AcceptedRows {
  /**
   * A line of the file.
   *
   * @param text as it is written
   * @param row the columns that are compared
   */
  record Line(String text, JsonNode row) {}

  private AcceptedRows() {}

  /** Returns the actual rows in their order; those that the file contains keep their text. */
  static List<String> inOrder(List<Line> written, List<JsonNode> actual) {
    Map<JsonNode, Deque<String>> texts = new HashMap<>();
    written.forEach(
        line -> texts.computeIfAbsent(line.row(), row -> new ArrayDeque<>()).add(line.text()));
    return actual.stream()
        .map(
            row -> {
              Deque<String> known = texts.getOrDefault(row, new ArrayDeque<>());
              return known.isEmpty() ? RowText.line(row) : known.removeFirst();
            })
        .toList();
  }

  /**
   * Returns the lines whose rows still match in the order of the file, and the new rows, each
   * before the first line that follows it in the order of their text. The order of arrival has no
   * effect.
   */
  static List<String> inAnyOrder(List<Line> written, List<JsonNode> actual) {
    List<JsonNode> added = new ArrayList<>(actual);
    List<Line> kept = new ArrayList<>();
    for (Line line : written) {
      if (added.remove(line.row())) {
        kept.add(line);
      }
    }
    Deque<String> next = new ArrayDeque<>(added.stream().map(RowText::line).sorted().toList());
    List<String> accepted = new ArrayList<>();
    for (Line line : kept) {
      while (!next.isEmpty() && next.getFirst().compareTo(RowText.line(line.row())) < 0) {
        accepted.add(next.removeFirst());
      }
      accepted.add(line.text());
    }
    accepted.addAll(next);
    return accepted;
  }
}

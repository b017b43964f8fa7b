package dev.outflow.compose;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * A window over TIMESTAMP_LTZ in a compiled plan.
 *
 * @param function as in the query, for example {@code TUMBLE}
 * @param slice what the boundaries of the windows are multiples of, or the gap of sessions
 * @param sliced whether Flink aggregates slices of the windows, as for {@code FROM
 *     TABLE(TUMBLE(...))}
 */
record PlannedWindow(String function, Duration slice, boolean sliced)
    implements Comparable<PlannedWindow> {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> FIELDS =
      List.of("windowing", "leftWindowing", "rightWindowing", "window");

  /** Returns the windows of a plan, Flink's JSON. */
  static Set<PlannedWindow> in(String plan) {
    Set<PlannedWindow> windows = new TreeSet<>();
    try {
      for (JsonNode node : JSON.readTree(plan).get("nodes")) {
        String operator = node.get("type").asText();
        FIELDS.forEach(
            field -> {
              if (isOverInstants(node.path(field))) {
                windows.add(of(operator, node.get(field)));
              }
            });
      }
      return windows;
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the compiled plan is not valid JSON", e);
    }
  }

  /** {@code GROUP BY TUMBLE(...)} has the type elsewhere than {@code FROM TABLE(TUMBLE(...))}. */
  private static boolean isOverInstants(JsonNode window) {
    return List.of("/timeAttributeType/type", "/timeField/fieldType/type").stream()
        .anyMatch(path -> window.at(path).asText().equals("TIMESTAMP_WITH_LOCAL_TIME_ZONE"));
  }

  private static PlannedWindow of(String operator, JsonNode windowing) {
    boolean grouped = operator.contains("group-window");
    JsonNode window = grouped ? windowing : windowing.get("window");
    String function =
        switch (window.path(grouped ? "kind" : "type").asText()) {
          case "TUMBLING", "TumblingWindow" -> "TUMBLE";
          case "SLIDING", "HoppingWindow" -> "HOP";
          case "CumulativeWindow" -> "CUMULATE";
          default -> "SESSION";
        };
    boolean sliced =
        operator.contains("window-aggregate") && !grouped && !function.equals("SESSION");
    return new PlannedWindow(function, slice(window), sliced);
  }

  private static Duration slice(JsonNode window) {
    for (String field : List.of("slide", "step", "size", "gap")) {
      if (window.has(field)) {
        return Duration.parse(window.get(field).asText());
      }
    }
    throw new IllegalStateException("unknown window " + window);
  }

  @Override
  public int compareTo(PlannedWindow other) {
    return Comparator.comparing(PlannedWindow::function)
        .thenComparing(PlannedWindow::slice)
        .thenComparing(PlannedWindow::sliced)
        .compare(this, other);
  }

  boolean isSession() {
    return function.equals("SESSION");
  }

  /** Returns for example {@code TUMBLE of 10 s}. */
  @Override
  public String toString() {
    return function + " of " + text();
  }

  private String text() {
    long seconds = slice.toSeconds();
    if (slice.toMillisPart() != 0) {
      return slice.toMillis() + " ms";
    }
    if (seconds % 86_400 == 0) {
      return seconds / 86_400 + " d";
    }
    return seconds % 3_600 == 0
        ? seconds / 3_600 + " h"
        : seconds % 60 == 0 ? seconds / 60 + " min" : seconds + " s";
  }
}

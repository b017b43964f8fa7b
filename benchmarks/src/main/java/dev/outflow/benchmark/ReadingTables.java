package dev.outflow.benchmark;

import static java.util.stream.Collectors.joining;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;

/** The columns and the query of a workload, as used in job.yaml and in Flink SQL. */
record ReadingTables(Workload workload) {
  static final String INPUT = "readings";
  private static final int BASE_COLUMNS = 5;

  /** The input's columns with their types. */
  Map<String, String> inputColumns() {
    Map<String, String> columns = new LinkedHashMap<>();
    if (workload.scenario() == Scenario.GENERATOR) {
      columns.put("id", "BIGINT");
      columns.put("hundredths", "INT");
      columns.put("sent", "TIMESTAMP_LTZ(3)");
      return columns;
    }
    columns.putAll(filteredColumns());
    columns.put("region", "STRING");
    return columns;
  }

  /** The columns of an output with their types. */
  Map<String, String> outputColumns() {
    if (workload.scenario() == Scenario.WINDOW) {
      Map<String, String> columns = new LinkedHashMap<>();
      columns.put("device", "STRING");
      columns.put("begun", "BIGINT");
      columns.put("readings", "BIGINT");
      columns.put("average", "DOUBLE");
      return columns;
    }
    return filteredColumns();
  }

  /** The query of each output. */
  String query() {
    return switch (workload.scenario()) {
      case FILTER ->
          "SELECT %s FROM %s WHERE temperature >= 20"
              .formatted(String.join(", ", filteredColumns().keySet()), INPUT);
      case GENERATOR ->
          "SELECT id, '%s' AS device, hundredths / 100E0 AS temperature, sent, '%s' AS note FROM %s"
              .formatted(RandomReadings.DEVICE, RandomReadings.note(workload), INPUT);
      case WINDOW ->
          ("SELECT device, CAST(TIMESTAMPDIFF(SECOND, TIMESTAMP '1970-01-01 00:00:00', window_start) AS BIGINT)"
                  + " * 1000 AS begun, COUNT(*) AS readings, AVG(temperature) AS average FROM TABLE(TUMBLE("
                  + "TABLE %s, DESCRIPTOR(sent), INTERVAL '10' SECOND)) GROUP BY device, window_start, window_end")
              .formatted(INPUT);
    };
  }

  private Map<String, String> filteredColumns() {
    Map<String, String> columns = new LinkedHashMap<>();
    columns.put("id", "BIGINT");
    columns.put("device", "STRING");
    columns.put("temperature", "DOUBLE");
    columns.put("sent", "TIMESTAMP_LTZ(3)");
    columns.put("note", "STRING");
    IntStream.range(BASE_COLUMNS, workload.columns())
        .forEach(i -> columns.put("c" + i, i % 2 == 0 ? "STRING" : "DOUBLE"));
    return columns;
  }

  /** Formats columns, e.g. {@code a BIGINT, b STRING}. */
  static String list(Map<String, String> columns, String separator) {
    return columns.entrySet().stream()
        .map(column -> column.getKey() + separator + column.getValue())
        .collect(joining(", "));
  }
}

package dev.outflow.benchmark;

import static java.util.stream.Collectors.joining;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;

/** The tables and the query of a workload, in the words that job.yaml and Flink SQL share. */
record Readings(Workload workload) {
  static final String INPUT = "readings";
  private static final int OF_EACH = 5;

  /** Those of the input, with their types. */
  Map<String, String> inputColumns() {
    Map<String, String> columns = new LinkedHashMap<>();
    if (workload.scenario() == Scenario.GENERATOR) {
      columns.put("id", "BIGINT");
      columns.put("hundredths", "INT");
      columns.put("sent", "TIMESTAMP_LTZ(3)");
      return columns;
    }
    columns.putAll(written());
    columns.put("region", "STRING");
    return columns;
  }

  /** Those of an output, with their types. */
  Map<String, String> outputColumns() {
    if (workload.scenario() == Scenario.WINDOW) {
      Map<String, String> columns = new LinkedHashMap<>();
      columns.put("device", "STRING");
      columns.put("begun", "BIGINT");
      columns.put("readings", "BIGINT");
      columns.put("average", "DOUBLE");
      return columns;
    }
    return written();
  }

  /** What each output is filled with. */
  String query() {
    return switch (workload.scenario()) {
      case FILTER ->
          "SELECT %s FROM %s WHERE temperature >= 20"
              .formatted(String.join(", ", written().keySet()), INPUT);
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

  private Map<String, String> written() {
    Map<String, String> columns = new LinkedHashMap<>();
    columns.put("id", "BIGINT");
    columns.put("device", "STRING");
    columns.put("temperature", "DOUBLE");
    columns.put("sent", "TIMESTAMP_LTZ(3)");
    columns.put("note", "STRING");
    IntStream.range(OF_EACH, workload.columns())
        .forEach(i -> columns.put("c" + i, i % 2 == 0 ? "STRING" : "DOUBLE"));
    return columns;
  }

  /** {@code a BIGINT, b STRING}. */
  static String list(Map<String, String> columns, String between) {
    return columns.entrySet().stream()
        .map(column -> column.getKey() + between + column.getValue())
        .collect(joining(", "));
  }
}

package dev.outflow.benchmark;

import static java.util.stream.Collectors.joining;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The SQL that a user of Flink's {@code kafka} connector writes for a workload. */
record SqlScript(
    Workload workload, String input, List<String> outputs, Map<String, String> clients) {
  private static final Map<Format, Map<String, String>> OUTFLOW_DEFAULTS =
      Map.of(
          Format.JSON, Map.of("json.timestamp-format.standard", "ISO-8601"),
          Format.CSV, Map.of(),
          Format.AVRO, Map.of("avro.timestamp_mapping.legacy", "false"));

  String text() {
    ReadingTables tables = new ReadingTables(workload);
    String inserts =
        outputs.stream()
            .map(output -> "INSERT INTO `%s` %s".formatted(output, tables.query()) + SqlJob.END)
            .collect(joining());
    return createInput(tables)
        + outputs.stream().map(output -> createOutput(tables, output)).collect(joining())
        + inserts;
  }

  private String createInput(ReadingTables tables) {
    Map<String, String> options = new LinkedHashMap<>();
    if (workload.scenario() == Scenario.GENERATOR) {
      options.putAll(Datagen.OPTIONS);
    } else {
      options.putAll(kafka(input));
      options.put("scan.startup.mode", "earliest-offset");
      options.put("format", workload.format().toString());
      options.putAll(OUTFLOW_DEFAULTS.get(workload.format()));
    }
    String watermark =
        workload.scenario() == Scenario.WINDOW
            ? ", WATERMARK FOR sent AS sent - INTERVAL '5' SECOND"
            : "";
    return table(
        ReadingTables.INPUT, ReadingTables.list(tables.inputColumns(), " ") + watermark, options);
  }

  private String createOutput(ReadingTables tables, String output) {
    Map<String, String> options = kafka(output);
    options.put("key.format", "raw");
    options.put("key.fields", "device");
    options.put("value.format", workload.format().toString());
    OUTFLOW_DEFAULTS
        .get(workload.format())
        .forEach((key, value) -> options.put("value." + key, value));
    options.put("sink.delivery-guarantee", workload.delivery().guarantee());
    options.put("sink.transactional-id-prefix", output);
    return table(output, ReadingTables.list(tables.outputColumns(), " "), options);
  }

  private Map<String, String> kafka(String topic) {
    Map<String, String> options = new LinkedHashMap<>();
    options.put("connector", "kafka");
    options.put("topic", topic);
    clients.forEach((key, value) -> options.put("properties." + key, value));
    return options;
  }

  private static String table(String name, String columns, Map<String, String> options) {
    return "CREATE TEMPORARY TABLE `%s` (%s) WITH (%s)"
            .formatted(
                name,
                columns,
                options.entrySet().stream()
                    .map(option -> "'%s' = '%s'".formatted(option.getKey(), option.getValue()))
                    .collect(joining(", ")))
        + SqlJob.END;
  }
}

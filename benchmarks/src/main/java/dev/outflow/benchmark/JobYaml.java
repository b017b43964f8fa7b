package dev.outflow.benchmark;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The job.yaml that a user of Outflow writes for a workload. */
record JobYaml(Contestant contestant, String input, List<String> outputs, TestBed testBed) {
  String text() {
    Workload workload = contestant.workload();
    ReadingTables tables = new ReadingTables(workload);
    StringBuilder yaml = new StringBuilder("name: benchmark\ninputs:\n");
    table(yaml, ReadingTables.INPUT, inputOptions());
    yaml.append("    columns: { ")
        .append(ReadingTables.list(tables.inputColumns(), ": "))
        .append(" }\n");
    if (workload.scenario() == Scenario.WINDOW) {
      yaml.append("    event-time: { column: sent, out-of-order: 5 s }\n");
    }
    yaml.append("queries:\n");
    outputs.forEach(output -> yaml.append("  %s: \"%s\"\n".formatted(output, tables.query())));
    yaml.append("outputs:\n");
    outputs.forEach(output -> table(yaml, output, outputOptions(output)));
    yaml.append(
        """
        flink:
          execution.checkpointing.interval: %d s
          parallelism.default: %d
          table.local-time-zone: UTC
        """
            .formatted(workload.delivery().intervalSeconds(), workload.parallelism()));
    contestant.flink().forEach((key, value) -> yaml.append("  %s: %s\n".formatted(key, value)));
    return yaml.toString();
  }

  private Map<String, String> inputOptions() {
    if (contestant.workload().scenario() == Scenario.GENERATOR) {
      Map<String, String> options = new TreeMap<>(Datagen.OPTIONS);
      options.putAll(contestant.input());
      return options;
    }
    Map<String, String> options = kafka(input);
    options.put("connector", "kafka");
    options.put("start", "earliest");
    options.putAll(contestant.input());
    return options;
  }

  private Map<String, String> outputOptions(String output) {
    Map<String, String> options = kafka(output);
    options.put("partition-key", "device");
    options.put("compression-type", contestant.workload().compression());
    options.put("delivery-guarantee", contestant.workload().delivery().guarantee());
    options.put("kafka.delivery.timeout.ms", "1200000");
    options.put("kafka.max.block.ms", "600000");
    options.putAll(contestant.output());
    return options;
  }

  private Map<String, String> kafka(String topic) {
    Workload workload = contestant.workload();
    Map<String, String> options = new LinkedHashMap<>();
    options.put("bootstrap-servers", testBed.bootstrapServers(workload));
    options.put("topic", topic);
    options.put("format", workload.format().toString());
    options.putAll(testBed.outflowProperties(workload));
    Workload.LONG_TIMEOUTS.forEach((key, value) -> options.put("kafka." + key, value));
    return options;
  }

  private static void table(StringBuilder yaml, String name, Map<String, String> options) {
    yaml.append("  ").append(name).append(":\n");
    options.forEach((key, value) -> yaml.append("    %s: %s\n".formatted(key, value)));
  }
}

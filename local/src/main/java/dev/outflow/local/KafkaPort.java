package dev.outflow.local;

import static java.util.stream.Collectors.joining;

import dev.outflow.definition.JobDefinition;
import dev.outflow.kafka.option.KafkaOptions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code --kafka-port}: the embedded broker's port, in place of the one in a definition. */
record KafkaPort(int number) {

  /**
   * Returns an override for each {@code bootstrap-servers} of a definition that an embedded broker
   * can serve.
   *
   * @throws IllegalArgumentException if these are several brokers, which one port cannot replace
   */
  List<String> overrides(JobDefinition job) {
    Map<String, Integer> ports = new LinkedHashMap<>();
    job.inputs().forEach((name, input) -> add(ports, "inputs." + name, input.options()));
    job.outputs().forEach((alias, output) -> add(ports, "outputs." + alias, output.options()));
    if (ports.values().stream().distinct().count() > 1) {
      throw new IllegalArgumentException(
          "the job uses several brokers on localhost (ports %s); change them with --set"
              .formatted(
                  ports.values().stream().distinct().map(String::valueOf).collect(joining(", "))));
    }
    List<String> overrides = new ArrayList<>();
    ports.keySet().forEach(path -> overrides.add("%s=localhost:%d".formatted(path, number)));
    return overrides;
  }

  private static void add(Map<String, Integer> ports, String table, Map<String, String> options) {
    LocalBrokers.embeddedPort(options)
        .ifPresent(port -> ports.put(table + "." + KafkaOptions.BOOTSTRAP_SERVERS.key(), port));
  }
}

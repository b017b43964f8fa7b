package dev.outflow.deploy.metrics;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;

/** The alerting rules in {@code deploy/prometheus/alerts.yml}. */
record Alerts(List<JsonNode> rules) {
  static final Path FOLDER = Path.of("prometheus");

  static Alerts read() throws IOException {
    String text = Files.readString(FOLDER.resolve("alerts.yml"));
    JsonNode groups = new YAMLMapper().readTree(text).get("groups");
    return new Alerts(
        StreamSupport.stream(groups.spliterator(), false)
            .flatMap(group -> StreamSupport.stream(group.get("rules").spliterator(), false))
            .toList());
  }

  List<String> expressions() {
    return rules.stream().map(rule -> rule.get("expr").asText()).toList();
  }
}

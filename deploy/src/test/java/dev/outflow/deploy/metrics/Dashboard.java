package dev.outflow.deploy.metrics;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/** The dashboard in {@code deploy/grafana/dashboards/outflow.json}. */
record Dashboard(JsonNode json) {
  /** Values for the variables, as Grafana inserts them when everything is selected. */
  private static final Map<String, String> VARIABLES =
      Map.of("$__rate_interval", "1m", "$job", ".*", "$alias", "large_orders|city_revenue");

  static Dashboard read() throws IOException {
    Path file = Path.of("grafana/dashboards/outflow.json");
    return new Dashboard(new ObjectMapper().readTree(Files.readString(file)));
  }

  /** Returns all panels except rows. */
  List<JsonNode> panels() {
    return StreamSupport.stream(json.get("panels").spliterator(), false)
        .filter(panel -> !panel.get("type").asText().equals("row"))
        .toList();
  }

  /** Returns all expressions, with variables replaced. */
  List<String> expressions() {
    return panels().stream()
        .flatMap(panel -> panel.get("targets").findValuesAsText("expr").stream())
        .map(Dashboard::withoutVariables)
        .toList();
  }

  private static String withoutVariables(String expression) {
    String text = expression;
    for (Map.Entry<String, String> variable : VARIABLES.entrySet()) {
      text = text.replace(variable.getKey(), variable.getValue());
    }
    return text;
  }
}

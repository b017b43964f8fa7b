package dev.outflow.asa.project;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/** Reads event ordering and error policy, which projects and templates name alike. */
final class SettingsReader {
  private SettingsReader() {}

  static AsaJob.Settings of(JsonNode node, String file) {
    return new AsaJob.Settings(
        seconds(node, "EventsLateArrivalMaxDelayInSeconds"),
        seconds(node, "EventsOutOfOrderMaxDelayInSeconds"),
        JsonFields.text(node, "EventsOutOfOrderPolicy"),
        JsonFields.text(node, "OutputErrorPolicy"),
        JsonFields.text(node, "OutputStartMode"),
        JsonFields.text(node, "OutputStartTime"),
        JsonFields.text(node, "CompatibilityLevel"),
        file);
  }

  private static Optional<Long> seconds(JsonNode node, String name) {
    return JsonFields.text(node, name)
        .filter(value -> value.matches("-?\\d{1,9}"))
        .map(Long::parseLong);
  }
}

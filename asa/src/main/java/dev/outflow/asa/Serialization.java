package dev.outflow.asa;

import dev.outflow.asa.project.Endpoint;
import dev.outflow.asa.report.Findings;
import dev.outflow.asa.report.Section;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The format of an input or output in job.yaml. */
final class Serialization {
  private Serialization() {}

  /** Returns whether records are JSON here, as those in formats are that Outflow does not know. */
  static boolean isJson(Endpoint endpoint) {
    String type = endpoint.serialization().getOrDefault("type", "");
    return !type.equalsIgnoreCase("csv") && !type.equalsIgnoreCase("avro");
  }

  static Map<String, String> of(Endpoint endpoint, boolean output, Findings findings) {
    Map<String, String> properties = new LinkedHashMap<>();
    String type = endpoint.serialization().getOrDefault("type", "").toLowerCase(Locale.ROOT);
    switch (type) {
      case "csv" -> {
        properties.put("format", "csv");
        String delimiter = endpoint.serialization().getOrDefault("fielddelimiter", ",");
        if (!delimiter.equals(",") && !delimiter.isBlank()) {
          properties.put("csv.field-delimiter", delimiter);
        }
        findings.differs(
            endpoint.line(),
            0,
            "CSV of '%s': ASA writes a header line in each event; Outflow writes none, with columns in"
                    .formatted(endpoint.alias())
                + " the order of job.yaml",
            Section.FORMATS);
      }
      case "avro" -> {
        properties.put("format", "avro");
        findings.differs(
            endpoint.line(),
            0,
            "Avro of '%s': ASA writes files with a schema; Outflow writes a record without one for each"
                    .formatted(endpoint.alias())
                + " message",
            Section.FORMATS);
      }
      case "", "json" -> properties.put("format", "json");
      default -> {
        properties.put("format", "json");
        findings.missing(
            endpoint.line(),
            0,
            "the format %s of '%s' is not supported; it is json here"
                .formatted(endpoint.serialization().get("type"), endpoint.alias()),
            Optional.of(Section.FORMATS));
      }
    }
    if (endpoint.serialization().getOrDefault("format", "").equalsIgnoreCase("array") && output) {
      findings.differs(
          endpoint.line(),
          0,
          "'%s' is an array of objects in ASA; here each message is one object"
              .formatted(endpoint.alias()),
          Section.FORMATS);
    }
    String compression =
        endpoint
            .property("compressiontype", "compresssiontype")
            .orElse("none")
            .toLowerCase(Locale.ROOT);
    if (!output && List.of("gzip", "deflate").contains(compression)) {
      findings.missing(
          endpoint.line(),
          0,
          "the events of '%s' are compressed with %s, which Outflow does not read; let Kafka compress"
                  .formatted(endpoint.alias(), compression)
              + " them",
          Optional.of(Section.FORMATS));
    }
    return properties;
  }
}

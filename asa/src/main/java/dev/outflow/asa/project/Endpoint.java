package dev.outflow.asa.project;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * An input or an output.
 *
 * @param alias its name in queries
 * @param kind of service
 * @param service as the file names it
 * @param isReference whether it is reference data
 * @param properties of its connection, by their names in lowercase letters and digits; no secrets
 * @param serialization of its records, with the same names
 * @param sample records in a file, if the project has them
 * @param file in which it is defined
 * @param line in that file
 */
public record Endpoint(
    String alias,
    Kind kind,
    String service,
    boolean isReference,
    Map<String, String> properties,
    Map<String, String> serialization,
    Optional<Path> sample,
    String file,
    int line) {
  /** The services that differ in what becomes of them. */
  public enum Kind {
    KAFKA,
    EVENT_HUBS,
    IOT_HUB,
    OTHER
  }

  public Endpoint {
    properties = Map.copyOf(properties);
    serialization = Map.copyOf(serialization);
  }

  /** Returns a property by any of its names. */
  public Optional<String> property(String... names) {
    for (String name : names) {
      String value = properties.get(name);
      if (value != null && !value.isBlank()) {
        return Optional.of(value.strip());
      }
    }
    return Optional.empty();
  }

  Endpoint withSample(Path file) {
    return new Endpoint(
        alias,
        kind,
        service,
        isReference,
        properties,
        serialization,
        Optional.of(file),
        this.file,
        line);
  }
}

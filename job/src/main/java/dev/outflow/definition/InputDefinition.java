package dev.outflow.definition;

import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.outflow.option.Redaction;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A table to read from.
 *
 * @param connector {@code kafka}, or any Flink table connector
 * @param columns an SQL type, METADATA or computed column for each name, in order
 * @param eventTime when things happened, if it matters
 * @param options the connector's options by their full names
 */
public record InputDefinition(
    String connector,
    Map<String, String> columns,
    @JsonProperty("event-time") Optional<EventTime> eventTime,
    @JsonAnySetter Map<String, String> options) {
  private static final String START_CUSTOM = "start.custom";

  public InputDefinition {
    columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
    eventTime = eventTime == null ? Optional.empty() : eventTime;
    options = options == null ? Map.of() : Map.copyOf(withStart(options));
  }

  /** {@code start: {custom: 2026-11-24}} is the option {@code start} with both words in it. */
  private static Map<String, String> withStart(Map<String, String> options) {
    if (!options.containsKey(START_CUSTOM)) {
      return options;
    }
    Map<String, String> joined = new HashMap<>(options);
    joined.put("start", "custom: " + joined.remove(START_CUSTOM));
    return joined;
  }

  /** Whether Outflow's own Kafka input reads it. */
  public boolean isKafka() {
    return connector.equals("kafka");
  }

  /** The same with each secret among its options hidden. */
  public InputDefinition redacted() {
    return new InputDefinition(connector, columns, eventTime, Redaction.of(options));
  }

  /** Options can hold secrets: their names only. */
  @Override
  public String toString() {
    return "InputDefinition[%s, %s, options=%s]".formatted(connector, columns, options.keySet());
  }
}

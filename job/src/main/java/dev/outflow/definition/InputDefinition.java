package dev.outflow.definition;

import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.outflow.kafka.error.ErrorPolicy;
import dev.outflow.kafka.error.OnError;
import dev.outflow.option.Redaction;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * An input: a table to read from.
 *
 * @param connector {@code kafka}, or any Flink table connector
 * @param columns the SQL type, METADATA clause or expression of each column, in order
 * @param eventTime the event-time column and how to order records by it, if declared
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

  /** Converts {@code start: {custom: 2026-11-24}} to the option {@code start}. */
  private static Map<String, String> withStart(Map<String, String> options) {
    if (!options.containsKey(START_CUSTOM)) {
      return options;
    }
    Map<String, String> joined = new HashMap<>(options);
    joined.put("start", "custom: " + joined.remove(START_CUSTOM));
    return joined;
  }

  /** Returns whether Outflow's Kafka connector reads it. */
  public boolean isKafka() {
    return connector.equals("kafka");
  }

  /** Returns whether its bad records are written to a dead-letter topic. */
  public boolean hasDeadLetters() {
    return isKafka()
        && options.containsKey(ErrorPolicy.DEAD_LETTER_TOPIC.key())
        && OnError.DEAD_LETTER.toString().equalsIgnoreCase(options.get(ErrorPolicy.ON_ERROR.key()));
  }

  /** Returns the input with the secrets among its options redacted. */
  public InputDefinition redacted() {
    return new InputDefinition(connector, columns, eventTime, Redaction.of(options));
  }

  /** Shows only the names of options, because their values can be secrets. */
  @Override
  public String toString() {
    return "InputDefinition[%s, %s, options=%s]".formatted(connector, columns, options.keySet());
  }
}

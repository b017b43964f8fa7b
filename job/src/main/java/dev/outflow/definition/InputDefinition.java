package dev.outflow.definition;

import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.outflow.kafka.error.ErrorPolicy;
import dev.outflow.kafka.error.OnError;
import dev.outflow.kafka.input.KafkaInputOptions;
import dev.outflow.kafka.option.TableMode;
import dev.outflow.option.Redaction;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An input: a table to read from.
 *
 * @param connector {@code kafka}, or any Flink table connector
 * @param columns the SQL type, METADATA clause or expression of each column, in order
 * @param primaryKey the columns that identify a row, if later records or tombstones change it
 * @param eventTime the event-time column and how to order records by it, if declared
 * @param options the connector's options by their full names
 */
public record InputDefinition(
    String connector,
    Map<String, String> columns,
    @JsonProperty("primary-key") @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
        List<String> primaryKey,
    @JsonProperty("event-time") Optional<EventTime> eventTime,
    @JsonAnySetter Map<String, String> options) {
  private static final String START_CUSTOM = "start.custom";

  public InputDefinition {
    columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
    primaryKey = primaryKey == null ? List.of() : List.copyOf(primaryKey);
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

  /** Returns whether a record is the current row of its key. */
  public boolean isUpsert() {
    return isKafka()
        && TableMode.UPSERT.toString().equalsIgnoreCase(options.get(KafkaInputOptions.MODE.key()));
  }

  /** Returns whether its bad records are written to a dead-letter topic. */
  public boolean hasDeadLetters() {
    return isKafka()
        && options.containsKey(ErrorPolicy.DEAD_LETTER_TOPIC.key())
        && OnError.DEAD_LETTER.toString().equalsIgnoreCase(options.get(ErrorPolicy.ON_ERROR.key()));
  }

  /** Returns the input with the secrets among its options redacted. */
  public InputDefinition redacted() {
    return new InputDefinition(connector, columns, primaryKey, eventTime, Redaction.of(options));
  }

  /** Shows only the names of options, because their values can be secrets. */
  @Override
  public String toString() {
    return "InputDefinition[%s, %s, options=%s]".formatted(connector, columns, options.keySet());
  }
}

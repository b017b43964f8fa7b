package dev.outflow.definition;

import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.outflow.kafka.option.TableMode;
import dev.outflow.kafka.output.KafkaOutputOptions;
import dev.outflow.option.Redaction;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An output: a Kafka topic to write to.
 *
 * @param onConflict which of several rows with the same key is kept, if declared
 * @param options the options of {@code 'connector' = 'kafka-output'} by their full names
 */
public record OutputDefinition(
    @JsonProperty(OutputDefinition.ON_CONFLICT) Optional<OnConflict> onConflict,
    @JsonAnySetter Map<String, String> options) {
  /** The key of {@link #onConflict}; in SQL it is a clause of INSERT. */
  public static final String ON_CONFLICT = "on-conflict";

  public OutputDefinition {
    onConflict = onConflict == null ? Optional.empty() : onConflict;
    options = options == null ? Map.of() : Map.copyOf(options);
  }

  /** Returns the same output with other options. */
  public OutputDefinition withOptions(Map<String, String> others) {
    return new OutputDefinition(onConflict, others);
  }

  /** Returns whether its rows change earlier ones with the same key. */
  public boolean isUpsert() {
    return TableMode.UPSERT.toString().equalsIgnoreCase(options.get(KafkaOutputOptions.MODE.key()));
  }

  /** Returns the columns of its key; empty if it has none. */
  public List<String> key() {
    return Stream.of(options.getOrDefault(KafkaOutputOptions.PARTITION_KEY.key(), "").split(";"))
        .map(String::strip)
        .filter(column -> !column.isEmpty())
        .distinct()
        .toList();
  }

  /** Returns the output with the secrets among its options redacted. */
  public OutputDefinition redacted() {
    return withOptions(Redaction.of(options));
  }

  /** Shows only the names of options, because their values can be secrets. */
  @Override
  public String toString() {
    return "OutputDefinition[options=%s]".formatted(options.keySet());
  }
}

package dev.outflow.definition;

import com.fasterxml.jackson.annotation.JsonAnySetter;
import dev.outflow.option.Redaction;
import java.util.Map;

/**
 * An output: a Kafka topic to write to.
 *
 * @param options the options of {@code 'connector' = 'kafka-output'} by their full names
 */
public record OutputDefinition(@JsonAnySetter Map<String, String> options) {
  public OutputDefinition {
    options = Map.copyOf(options);
  }

  /** Returns the output with the secrets among its options redacted. */
  public OutputDefinition redacted() {
    return new OutputDefinition(Redaction.of(options));
  }

  /** Shows only the names of options, because their values can be secrets. */
  @Override
  public String toString() {
    return "OutputDefinition[options=%s]".formatted(options.keySet());
  }
}

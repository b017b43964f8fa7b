package dev.outflow.definition;

import com.fasterxml.jackson.annotation.JsonAnySetter;
import dev.outflow.option.Redaction;
import java.util.Map;

/**
 * A Kafka topic to write to.
 *
 * @param options of {@code 'connector' = 'kafka-output'}, by their full names
 */
public record OutputDefinition(@JsonAnySetter Map<String, String> options) {
  public OutputDefinition {
    options = Map.copyOf(options);
  }

  /** The same with each secret among its options hidden. */
  public OutputDefinition redacted() {
    return new OutputDefinition(Redaction.of(options));
  }

  /** Options can hold secrets: their names only. */
  @Override
  public String toString() {
    return "OutputDefinition[options=%s]".formatted(options.keySet());
  }
}

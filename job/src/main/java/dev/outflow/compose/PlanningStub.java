package dev.outflow.compose;

import dev.outflow.definition.InputDefinition;
import dev.outflow.definition.OutputDefinition;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.table.factories.FactoryUtil;

/**
 * Replaces an invalid input or output while the rest of the job is planned: a table with the same
 * columns and valid options, which never runs.
 */
final class PlanningStub {
  private static final String FORMAT = FactoryUtil.FORMAT.key();
  private static final Map<String, String> CONNECTION =
      Map.of("bootstrap-servers", "localhost:9092", "topic", "planning-stub");

  private PlanningStub() {}

  /** Returns an input with the same columns. */
  static InputDefinition of(InputDefinition input) {
    Map<String, String> options = new HashMap<>(CONNECTION);
    options.put(FORMAT, "json");
    return new InputDefinition("kafka", input.columns(), input.eventTime(), options);
  }

  /** Returns an output with the same format and partition key, which depend on the columns. */
  static OutputDefinition of(OutputDefinition output) {
    Map<String, String> options = new HashMap<>(output.options());
    String format = options.getOrDefault(FORMAT, "json");
    options
        .keySet()
        .removeIf(
            key ->
                !key.equals(FORMAT)
                    && !key.equals("partition-key")
                    && !key.startsWith(format + "."));
    options.putAll(CONNECTION);
    options.put("delivery-guarantee", "at-least-once");
    return new OutputDefinition(options);
  }

  /** Returns an output with the same partition key. */
  static OutputDefinition inJson(OutputDefinition output) {
    Map<String, String> options = new HashMap<>(output.options());
    options.put(FORMAT, "json");
    options.keySet().removeIf(key -> key.contains("."));
    return of(new OutputDefinition(options));
  }
}

package dev.outflow.compose;

import dev.outflow.definition.InputDefinition;
import dev.outflow.definition.OutputDefinition;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.table.factories.FactoryUtil;

/**
 * What takes the place of an input or output that is wrong, while the rest is planned: with the
 * same columns, and options that are right. Nothing runs with it.
 */
final class PlanningStub {
  private static final String FORMAT = FactoryUtil.FORMAT.key();
  private static final Map<String, String> CONNECTION =
      Map.of("bootstrap-servers", "localhost:9092", "topic", "stand-in");

  private PlanningStub() {}

  /** With the same columns. */
  static InputDefinition of(InputDefinition input) {
    Map<String, String> options = new HashMap<>(CONNECTION);
    options.put(FORMAT, "json");
    return new InputDefinition("kafka", input.columns(), input.eventTime(), options);
  }

  /** With what concerns the columns: the format and the key. */
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

  /** With the key only. */
  static OutputDefinition inJson(OutputDefinition output) {
    Map<String, String> options = new HashMap<>(output.options());
    options.put(FORMAT, "json");
    options.keySet().removeIf(key -> key.contains("."));
    return of(new OutputDefinition(options));
  }
}

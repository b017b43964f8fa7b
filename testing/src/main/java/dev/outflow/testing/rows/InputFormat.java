package dev.outflow.testing.rows;

import static java.util.stream.Collectors.toUnmodifiableMap;

import dev.outflow.capture.EventHubsCaptureTableFactory;
import dev.outflow.definition.InputDefinition;
import dev.outflow.kafka.error.ErrorPolicy;
import dev.outflow.kafka.error.OnError;
import dev.outflow.kafka.input.KafkaInputOptions;
import dev.outflow.kafka.input.ValueReader;
import dev.outflow.lookup.ReferenceFileTableFactory;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.flink.table.factories.FactoryUtil;

/**
 * How an input reads its rows in production.
 *
 * @param name the format's name; empty if the connector has none
 * @param options the options that affect the format
 * @param onError how bad rows are handled
 */
public record InputFormat(String name, Map<String, String> options, OnError onError) {
  static final String JSON = "json";
  static final String CSV = "csv";

  /** Rows as JSON objects, whatever the format. */
  static final Map<String, String> TEXT = Map.of(FactoryUtil.FORMAT.key(), JSON);

  /** Returns the format of an input. Connectors of others read with Flink's formats. */
  public static InputFormat of(InputDefinition input) {
    String name = input.options().getOrDefault(FactoryUtil.FORMAT.key(), "");
    Map<String, String> options =
        new HashMap<>(
            input.options().entrySet().stream()
                .filter(option -> affects(name, option.getKey()))
                .collect(toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue)));
    if (!readsWithOutflow(input)) {
      options.put(KafkaInputOptions.VALUE_READER.key(), ValueReader.FLINK.toString());
    }
    return new InputFormat(name, Map.copyOf(options), onError(input));
  }

  private static boolean readsWithOutflow(InputDefinition input) {
    return hasErrorPolicy(input) || input.connector().equals(ReferenceFileTableFactory.IDENTIFIER);
  }

  private static boolean hasErrorPolicy(InputDefinition input) {
    return input.isKafka() || input.connector().equals(EventHubsCaptureTableFactory.IDENTIFIER);
  }

  private static boolean affects(String format, String option) {
    return option.equals(FactoryUtil.FORMAT.key())
        || option.startsWith(format + ".")
        || option.equals(KafkaInputOptions.VALUE_READER.key());
  }

  /** Returns the policy; an invalid one is a problem of the definition, not of a test case. */
  private static OnError onError(InputDefinition input) {
    String written = input.options().getOrDefault(ErrorPolicy.ON_ERROR.key(), "");
    return Stream.of(OnError.values())
        .filter(policy -> hasErrorPolicy(input) && policy.toString().equalsIgnoreCase(written))
        .findFirst()
        .orElse(ErrorPolicy.ON_ERROR.defaultValue());
  }
}

package dev.outflow.compose;

import dev.outflow.definition.EventTime;
import dev.outflow.definition.InputDefinition;
import dev.outflow.definition.OutputDefinition;
import dev.outflow.kafka.input.KafkaInputOptions;
import dev.outflow.kafka.option.TableMode;
import dev.outflow.kafka.output.KafkaOutputOptions;
import dev.outflow.option.Suggestion;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.flink.table.factories.FactoryUtil;

/**
 * Replaces an invalid input or output while the rest of the job is planned: a table with the same
 * columns and valid options, which never runs.
 */
final class PlanningStub {
  private static final String FORMAT = FactoryUtil.FORMAT.key();
  private static final Map<String, String> CONNECTION =
      Map.of("bootstrap-servers", "localhost:9092", "topic", "planning-stub");

  /** The type of an event-time column whose type is invalid. */
  private static final String ANY_TIME = "TIMESTAMP_LTZ(3)";

  private static final Pattern TIME = Pattern.compile("(?is)\\s*(?:TIMESTAMP|AS\\b).*");

  /** Any type can be a column of the value, but not of the metadata. */
  private static final Pattern METADATA =
      Pattern.compile("(?i)\\s+METADATA(?:\\s+FROM\\s+'[^']*')?(?:\\s+VIRTUAL)?\\s*$");

  private PlanningStub() {}

  /**
   * Returns an input with the same columns.
   *
   * @param columns those of its columns that are valid
   */
  static InputDefinition of(
      InputDefinition input, Map<String, String> columns, Optional<String> timeColumn) {
    Map<String, String> options = new HashMap<>(CONNECTION);
    options.put(FORMAT, "json");
    Map<String, String> typed = new LinkedHashMap<>(columns);
    typed.replaceAll((column, type) -> METADATA.matcher(type).replaceAll(""));
    timeColumn.ifPresent(column -> typed.putIfAbsent(column, ANY_TIME));
    if (input.isUpsert()) {
      options.put(KafkaInputOptions.MODE.key(), TableMode.UPSERT.toString());
    }
    return new InputDefinition(
        "kafka",
        typed,
        input.isUpsert() ? input.primaryKey() : List.of(),
        timeColumn.map(column -> EventTime.watermark(column, Duration.ZERO)),
        options);
  }

  /**
   * Returns the event-time column that is written or probably meant, if there is one.
   *
   * @param valid the columns that are valid
   */
  static Optional<String> timeColumn(InputDefinition input, Map<String, String> valid) {
    if (input.eventTime().isEmpty()) {
      return Optional.empty();
    }
    String written = input.eventTime().get().column();
    if (input.columns().containsKey(written)) {
      return Optional.of(written)
          .filter(column -> TIME.matcher(valid.getOrDefault(column, ANY_TIME)).matches());
    }
    List<String> times =
        valid.entrySet().stream()
            .filter(column -> TIME.matcher(column.getValue()).matches())
            .map(Map.Entry::getKey)
            .toList();
    return Suggestion.nearest(times, written)
        .or(() -> times.stream().filter(only -> times.size() == 1).findFirst());
  }

  /** Returns an output with the options that depend on the columns: format, key, headers. */
  static OutputDefinition of(OutputDefinition output) {
    Map<String, String> options = new HashMap<>(output.options());
    String format = options.getOrDefault(FORMAT, "json");
    options
        .keySet()
        .removeIf(
            key ->
                !key.equals(FORMAT)
                    && !key.equals(KafkaOutputOptions.MODE.key())
                    && !KafkaOutputOptions.namesColumns(key)
                    && !key.startsWith(format + "."));
    options.putAll(CONNECTION);
    if (options.containsKey(KafkaOutputOptions.TOPIC_FROM.key())) {
      options.put(KafkaOutputOptions.TOPIC_ALLOWED.key(), options.remove("topic"));
    }
    options.put("delivery-guarantee", "at-least-once");
    return output.withOptions(options);
  }

  /** Returns the same, but in JSON. */
  static OutputDefinition inJson(OutputDefinition output) {
    Map<String, String> options = new HashMap<>(output.options());
    options.put(FORMAT, "json");
    options.keySet().removeIf(key -> key.contains(".") && !KafkaOutputOptions.namesColumns(key));
    return of(output.withOptions(options));
  }
}

package dev.outflow.kafka.input;

import static dev.outflow.kafka.input.KafkaInputOptions.EARLIEST;
import static dev.outflow.kafka.input.KafkaInputOptions.EXCLUDE_FROM_VALUE;
import static dev.outflow.kafka.input.KafkaInputOptions.KEY_FORMAT;
import static dev.outflow.kafka.input.KafkaInputOptions.MODE;
import static dev.outflow.kafka.input.KafkaInputOptions.START;

import dev.outflow.kafka.error.ErrorPolicy;
import dev.outflow.kafka.error.OnError;
import dev.outflow.kafka.option.TableMode;
import dev.outflow.kafka.ordering.EventTimeOptions;
import dev.outflow.kafka.ordering.OrderingPolicy;
import dev.outflow.option.OptionReader;
import java.util.List;
import java.util.Optional;

/**
 * The options of an input with {@code mode: upsert}.
 *
 * @param keyFormat how keys contain the primary key; if empty, as text if it is one column, as JSON
 *     if it is several
 * @param excludeFromValue the columns of the primary key that values do not contain
 */
public record UpsertOptions(Optional<KeyFormat> keyFormat, List<String> excludeFromValue) {

  /** Reads the options; empty if the mode is another. Problems are noted by {@code reader}. */
  static Optional<UpsertOptions> read(OptionReader reader) {
    TableMode mode = reader.find(MODE, TableMode.class).orElse(MODE.defaultValue());
    if (mode == TableMode.APPEND) {
      reader.rejectWritten(List.of(KEY_FORMAT, EXCLUDE_FROM_VALUE), setting(mode));
      return Optional.empty();
    }
    checkOthers(reader, setting(mode));
    return Optional.of(
        new UpsertOptions(
            reader.find(KEY_FORMAT, KeyFormat.class),
            reader.find(EXCLUDE_FROM_VALUE).orElse(List.of())));
  }

  private static String setting(TableMode mode) {
    return "%s '%s'".formatted(MODE.key(), mode);
  }

  private static void checkOthers(OptionReader reader, String setting) {
    boolean isComplete = reader.find(START).map(String::strip).filter(EARLIEST::equals).isPresent();
    if (reader.isWritten(START) && !isComplete) {
      reader.reject(
          START,
          "must be %s with %s, which is the default: rows whose last record is before the start position would be missing"
              .formatted(EARLIEST, setting));
    }
    if (reader.find(ErrorPolicy.ON_ERROR, OnError.class).equals(Optional.of(OnError.DEAD_LETTER))) {
      reader.reject(
          ErrorPolicy.ON_ERROR,
          "dead-letter is not supported with %s, because a bad record is not a change of the table; set it to drop or fail"
              .formatted(setting));
    }
    if (reader
        .find(EventTimeOptions.POLICY, OrderingPolicy.class)
        .equals(Optional.of(OrderingPolicy.DROP))) {
      reader.reject(
          EventTimeOptions.POLICY,
          "drop is not supported with %s, because a row whose last change is dropped would be outdated; set it to adjust"
              .formatted(setting));
    }
  }
}

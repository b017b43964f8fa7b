package dev.outflow.kafka.input;

import dev.outflow.format.reader.ReaderOptions;
import dev.outflow.option.OptionReader;
import dev.outflow.values.ValueReaders;
import java.util.List;
import org.apache.flink.table.factories.FactoryUtil;

/** Which implementation reads values; {@code docs/values.md} has the differences. */
public enum ValueReader {
  /** Outflow's, which reports each value that does not fit its column. */
  STREAMING("streaming"),
  /** Flink's. */
  FLINK("flink");

  private final String value;

  ValueReader(String value) {
    this.value = value;
  }

  /**
   * Reads the option and checks those that depend on it; {@code reader} notes problems.
   *
   * @param format the value of {@code format}; null if it is missing
   */
  static ValueReader read(OptionReader reader, String format) {
    if (!ValueReaders.isSupported(format)) {
      reader.rejectWritten(
          List.of(KafkaInputOptions.VALUE_READER),
          "%s '%s'".formatted(FactoryUtil.FORMAT.key(), format));
      return FLINK;
    }
    ValueReader chosen =
        reader
            .find(KafkaInputOptions.VALUE_READER, ValueReader.class)
            .orElse(KafkaInputOptions.VALUE_READER.defaultValue());
    if (chosen == FLINK) {
      reader.rejectWritten(
          ReaderOptions.of(format), "%s 'flink'".formatted(KafkaInputOptions.VALUE_READER.key()));
    } else {
      ReaderOptions.check(reader, format);
    }
    return chosen;
  }

  @Override
  public String toString() {
    return value;
  }
}

package dev.outflow.format.reader;

import dev.outflow.option.OptionReader;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;

/** Format options that Flink's formats lack. */
public final class ReaderOptions {
  static final ConfigOption<EpochUnit> JSON_EPOCH_UNIT = epochUnit(JsonMessageReader.FORMAT);

  static final ConfigOption<EpochUnit> CSV_EPOCH_UNIT = epochUnit(CsvMessageReader.FORMAT);

  public static final ConfigOption<Boolean> CSV_HEADER =
      ConfigOptions.key(CsvMessageReader.FORMAT + ".header").booleanType().defaultValue(false);

  private static final Map<String, List<ConfigOption<?>>> OPTIONS =
      Map.of(
          JsonMessageReader.FORMAT, List.of(JSON_EPOCH_UNIT),
          CsvMessageReader.FORMAT, List.of(CSV_EPOCH_UNIT, CSV_HEADER));

  private ReaderOptions() {}

  private static ConfigOption<EpochUnit> epochUnit(String format) {
    return ConfigOptions.key(format + ".epoch-unit").enumType(EpochUnit.class).noDefaultValue();
  }

  /** Returns the options of a format, which can be null. */
  public static List<ConfigOption<?>> of(String format) {
    return format == null ? List.of() : OPTIONS.getOrDefault(format, List.of());
  }

  /** Returns the options of a table without those of its format that Flink does not know. */
  public static Map<String, String> without(String format, Map<String, String> options) {
    Map<String, String> others = new HashMap<>(options);
    of(format).forEach(option -> others.remove(option.key()));
    return others;
  }

  /** Reads the options of a format; {@code reader} notes problems. */
  public static void check(OptionReader reader, String format) {
    reader.find(JSON_EPOCH_UNIT, EpochUnit.class);
    reader.find(CSV_EPOCH_UNIT, EpochUnit.class);
    reader.find(CSV_HEADER);
    ConfigOption<Boolean> ignoreErrors = ignoreParseErrors(format);
    if (reader.find(ignoreErrors).orElse(false)) {
      reader.rejectWritten(of(format), "%s 'true'".formatted(ignoreErrors.key()));
    }
  }

  static ConfigOption<Boolean> ignoreParseErrors(String format) {
    return ConfigOptions.key(format + ".ignore-parse-errors").booleanType().defaultValue(false);
  }
}

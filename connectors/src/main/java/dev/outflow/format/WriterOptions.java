package dev.outflow.format;

import dev.outflow.option.InvalidOptionsException;
import dev.outflow.option.OptionReader;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;

/** Format options of outputs that Flink's formats lack. */
public final class WriterOptions {
  private static final Set<String> FORMATS = Set.of("json", "csv");
  private static final String MIN_FRACTION_DIGITS = "min-fraction-digits";
  private static final int MOST_DIGITS = 9;

  private WriterOptions() {}

  /** Returns the options of a format, which can be null. */
  public static List<ConfigOption<?>> of(String format) {
    return format != null && FORMATS.contains(format)
        ? List.of(minFractionDigits(format + "."))
        : List.of();
  }

  /** Returns the options of a table without those of its format that Flink does not know. */
  public static Map<String, String> without(String format, Map<String, String> options) {
    Map<String, String> others = new HashMap<>(options);
    of(format).forEach(option -> others.remove(option.key()));
    return others;
  }

  /** Reads the options of a format; {@code reader} notes problems. */
  public static void check(OptionReader reader, String format) {
    ConfigOption<Integer> digits = minFractionDigits(format + ".");
    if (!of(format).isEmpty() && reader.find(digits).filter(WriterOptions::isInvalid).isPresent()) {
      reader.reject(digits, "must be from 0 to %d".formatted(MOST_DIGITS));
    }
  }

  /**
   * Rejects the options of a format whose columns Outflow does not write.
   *
   * @throws InvalidOptionsException if the table has one
   */
  public static void rejectAll(String format, Map<String, String> options) {
    for (ConfigOption<?> option : of(format)) {
      if (options.containsKey(option.key())) {
        throw InvalidOptionsException.of(
            option.key(), "is not supported for a table with columns of these types; remove it");
      }
    }
  }

  private static boolean isInvalid(int digits) {
    return digits < 0 || digits > MOST_DIGITS;
  }

  /** Returns the option with this prefix. Without it, times have no trailing zeros, as Flink's. */
  static ConfigOption<Integer> minFractionDigits(String prefix) {
    return ConfigOptions.key(prefix + MIN_FRACTION_DIGITS).intType().defaultValue(0);
  }
}

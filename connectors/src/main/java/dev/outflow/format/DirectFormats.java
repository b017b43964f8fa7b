package dev.outflow.format;

import dev.outflow.option.PrefixedOptions;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.flink.api.common.serialization.SerializationSchema;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.RowType;

/** The formats that Outflow can write without Flink's intermediate tree. */
public final class DirectFormats {
  private static final Map<String, Function<Configuration, DirectFormat>> FORMATS =
      Map.of("json", options -> new JsonFormat(JsonOptions.of(options)), "csv", CsvFormat::of);

  private DirectFormats() {}

  /** Returns whether the format with this name, which can be null, can be written directly. */
  public static boolean isSupported(String name) {
    return name != null && FORMATS.containsKey(name);
  }

  /**
   * Returns the format with this name, if it can be written directly.
   *
   * @param options the options of a table, which Flink has validated
   */
  public static Optional<DirectFormat> find(String name, Map<String, String> options) {
    return Optional.ofNullable(FORMATS.get(name))
        .map(
            format -> format.apply(Configuration.fromMap(PrefixedOptions.of(options, name + "."))));
  }

  /**
   * Returns a serializer that writes {@code format} directly, or {@code flink} if the type is not
   * supported.
   *
   * @param flink Flink's serializer for the same type and options
   */
  public static SerializationSchema<RowData> serializer(
      DirectFormat format, SerializationSchema<RowData> flink, RowType type) {
    return format.supports(type) ? new DirectSerializer(flink, type, format) : flink;
  }
}

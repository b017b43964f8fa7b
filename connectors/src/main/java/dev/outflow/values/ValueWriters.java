package dev.outflow.values;

import dev.outflow.avro.AvroFormat;
import dev.outflow.format.DirectFormats;
import dev.outflow.format.WriterOptions;
import dev.outflow.registry.RegistryFormat;
import dev.outflow.registry.RegistryFormatFactory;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.flink.api.common.serialization.SerializationSchema;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.RowType;

/** The formats that Outflow writes itself: {@code value-writer: streaming}. */
public final class ValueWriters {
  private ValueWriters() {}

  /** Returns whether values of this format, which can be null, can be written. */
  public static boolean isSupported(String format) {
    return DirectFormats.isSupported(format)
        || AvroFormat.NAME.equals(format)
        || RegistryFormatFactory.IDENTIFIER.equals(format);
  }

  /**
   * Returns the serializer of a table; {@code flink}'s if its format, options or columns stay with
   * Flink's format.
   *
   * @param options the options of the table, which Flink has validated
   * @param flink returns Flink's serializer for the same columns and options
   * @throws dev.outflow.option.InvalidOptionsException if an option needs Outflow's serializer, but
   *     the columns stay with Flink's format
   */
  public static SerializationSchema<RowData> serializer(
      String format,
      Map<String, String> options,
      RowType columns,
      Supplier<SerializationSchema<RowData>> flink) {
    Optional<SerializationSchema<RowData>> own =
        switch (format) {
          case AvroFormat.NAME -> AvroFormat.serializer(options, columns);
          case RegistryFormatFactory.IDENTIFIER -> RegistryFormat.serializer(options, columns);
          default ->
              DirectFormats.find(format, options)
                  .map(
                      direct -> {
                        if (!direct.supports(columns)) {
                          WriterOptions.rejectAll(format, options);
                        }
                        return DirectFormats.serializer(direct, flink.get(), columns);
                      });
        };
    return own.orElseGet(flink);
  }
}

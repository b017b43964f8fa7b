package dev.outflow.values;

import dev.outflow.avro.AvroFormat;
import dev.outflow.format.reader.MessageReader;
import dev.outflow.format.reader.MessageReaders;
import dev.outflow.registry.RegistryFormat;
import dev.outflow.registry.RegistryFormatFactory;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.table.types.logical.RowType;

/** The formats that Outflow reads itself: {@code value-reader: streaming}. */
public final class ValueReaders {
  private ValueReaders() {}

  /** Returns whether messages of this format, which can be null, can be read. */
  public static boolean isSupported(String format) {
    return MessageReaders.isSupported(format)
        || AvroFormat.NAME.equals(format)
        || RegistryFormatFactory.IDENTIFIER.equals(format);
  }

  /**
   * Returns the reader of a table; empty if its format, options or columns stay with Flink's
   * format.
   *
   * @param table for the log, e.g. {@code input 'orders'}
   * @param options the options of the table, which are valid
   * @param undeclared whether rows of {@code json} have one more column for other fields
   * @throws dev.outflow.option.InvalidOptionsException if an option needs the reader of a type that
   *     stays with Flink
   */
  public static Optional<MessageReader> find(
      String table,
      String format,
      Map<String, String> options,
      RowType columns,
      boolean undeclared) {
    return switch (format) {
      case AvroFormat.NAME -> AvroFormat.reader(options, columns);
      case RegistryFormatFactory.IDENTIFIER -> RegistryFormat.reader(options, columns);
      default -> MessageReaders.find(table, format, options, columns, undeclared);
    };
  }
}

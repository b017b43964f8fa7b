package dev.outflow.format.reader;

import static org.apache.flink.formats.csv.CsvFormatOptions.ALLOW_COMMENTS;
import static org.apache.flink.formats.csv.CsvFormatOptions.NULL_LITERAL;
import static org.apache.flink.formats.json.JsonFormatOptions.FAIL_ON_MISSING_FIELD;

import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import dev.outflow.format.CsvDialect;
import dev.outflow.option.InvalidOptionsException;
import dev.outflow.option.PrefixedOptions;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;

/** The formats that Outflow reads itself. */
public final class MessageReaders {
  private static final Set<String> FORMATS =
      Set.of(JsonMessageReader.FORMAT, CsvMessageReader.FORMAT);

  private MessageReaders() {}

  /** Returns whether messages of this format, which can be null, can be read. */
  public static boolean isSupported(String format) {
    return format != null && FORMATS.contains(format);
  }

  /**
   * Returns the reader of a format. All else stays with Flink's format: {@code json} and {@code
   * csv} with {@code ignore-parse-errors}, types other than those of {@link
   * JsonValueReaders#supports} and, for {@code csv}, of {@link CsvRowReader#supports}, and other
   * formats.
   *
   * @param table for the log, e.g. {@code input 'orders'}
   * @param options the options of the table, which are valid
   * @throws InvalidOptionsException if an option needs the reader of a type that stays with Flink
   */
  public static Optional<MessageReader> find(
      String table, String format, Map<String, String> options, RowType type) {
    return find(table, format, options, type, false);
  }

  /**
   * Returns the reader of a format, as {@link #find(String, String, Map, RowType)}.
   *
   * @param undeclared whether rows have one more column of type STRING NOT NULL, for the fields of
   *     {@code json} that are not columns: an object with the characters of the message
   */
  public static Optional<MessageReader> find(
      String table, String format, Map<String, String> options, RowType type, boolean undeclared) {
    if (!isSupported(format)
        || Configuration.fromMap(options).get(ReaderOptions.ignoreParseErrors(format))) {
      return Optional.empty();
    }
    boolean isJson = format.equals(JsonMessageReader.FORMAT);
    Predicate<LogicalType> supports = isJson ? JsonValueReaders::supports : CsvRowReader::supports;
    for (RowType.RowField field : type.getFields()) {
      if (!supports.test(field.getType())) {
        rejectOptions(format, options, field);
        if (undeclared) {
          throw unsupported("columns", field);
        }
        return Optional.empty();
      }
    }
    return Optional.of(isJson ? json(table, options, type, undeclared) : csv(table, options, type));
  }

  private static void rejectOptions(
      String format, Map<String, String> options, RowType.RowField field) {
    for (ConfigOption<?> option : ReaderOptions.of(format)) {
      if (options.containsKey(option.key())) {
        throw unsupported(option.key(), field);
      }
    }
  }

  private static InvalidOptionsException unsupported(String option, RowType.RowField field) {
    String undeclared = option.equals("columns") ? "METADATA FROM 'undeclared' " : "";
    return InvalidOptionsException.of(
        option,
        "%sis not supported for tables with a column of type %s, here '%s'; remove it or change the column"
            .formatted(undeclared, ScalarReaders.name(field.getType()), field.getName()));
  }

  private static MessageReader json(
      String table, Map<String, String> options, RowType type, boolean undeclared) {
    return new JsonMessageReader(
        table,
        type,
        options(options, JsonMessageReader.FORMAT).get(FAIL_ON_MISSING_FIELD),
        Configuration.fromMap(options).get(ReaderOptions.JSON_EPOCH_UNIT),
        undeclared);
  }

  private static MessageReader csv(String table, Map<String, String> options, RowType type) {
    Configuration csv = options(options, CsvMessageReader.FORMAT);
    CsvSchema dialect =
        CsvDialect.of(csv).rebuild().setAllowComments(csv.get(ALLOW_COMMENTS)).build();
    Configuration all = Configuration.fromMap(options);
    return new CsvMessageReader(
        table,
        type,
        dialect,
        all.get(ReaderOptions.CSV_HEADER),
        csv.get(NULL_LITERAL),
        all.get(ReaderOptions.CSV_EPOCH_UNIT));
  }

  private static Configuration options(Map<String, String> options, String format) {
    return Configuration.fromMap(PrefixedOptions.of(options, format + "."));
  }
}

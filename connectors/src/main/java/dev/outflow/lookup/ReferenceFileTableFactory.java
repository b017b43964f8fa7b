package dev.outflow.lookup;

import dev.outflow.format.reader.MessageReader;
import dev.outflow.format.reader.MessageReaders;
import dev.outflow.format.reader.ReaderOptions;
import dev.outflow.option.ContextWithOptions;
import dev.outflow.option.OptionNames;
import dev.outflow.option.OptionReader;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.table.connector.format.DecodingFormat;
import org.apache.flink.table.connector.source.DynamicTableSource;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.factories.DeserializationFormatFactory;
import org.apache.flink.table.factories.DynamicTableSourceFactory;
import org.apache.flink.table.factories.FactoryUtil;
import org.apache.flink.table.types.logical.RowType;

/**
 * Creates the tables of {@code 'connector' = 'reference-file'}: a JSON or CSV file for lookup
 * joins, reloaded while the job runs.
 */
public final class ReferenceFileTableFactory implements DynamicTableSourceFactory {
  public static final String IDENTIFIER = "reference-file";

  private static final Duration SHORTEST = Duration.ofSeconds(1);
  private static final Pattern DATE = Pattern.compile("(?:(?:yyyy|yy|MM?|dd?)[^A-Za-z{}]*)+");
  private static final Pattern TIME = Pattern.compile("(?:(?:HH?|mm?)[^A-Za-z{}]*)+");

  @Override
  public String factoryIdentifier() {
    return IDENTIFIER;
  }

  @Override
  public Set<ConfigOption<?>> requiredOptions() {
    return Set.of(ReferenceFileOptions.PATH, FactoryUtil.FORMAT);
  }

  @Override
  public Set<ConfigOption<?>> optionalOptions() {
    return Set.of(
        ReferenceFileOptions.RELOAD_INTERVAL,
        ReferenceFileOptions.DATE_FORMAT,
        ReferenceFileOptions.TIME_FORMAT);
  }

  /**
   * {@inheritDoc}
   *
   * @throws dev.outflow.option.InvalidOptionsException with every problem of the options
   */
  @Override
  public DynamicTableSource createDynamicTableSource(Context table) {
    Map<String, String> options = table.getCatalogTable().getOptions();
    OptionReader reader = new OptionReader(options, OptionNames.problems(this, options));
    String path = reader.find(ReferenceFileOptions.PATH).orElse("");
    Duration interval = interval(reader);
    String dateFormat = format(reader, ReferenceFileOptions.DATE_FORMAT, DATE, "yyyy-MM-dd");
    String timeFormat = format(reader, ReferenceFileOptions.TIME_FORMAT, TIME, "HH-mm");
    if (path.contains("{time}") && !path.contains("{date}")) {
      reader.reject(ReferenceFileOptions.PATH, "has {time} but not {date}; add {date}");
    }
    RowType type = (RowType) table.getPhysicalRowDataType().getLogicalType();
    String name = table.getObjectIdentifier().getObjectName();
    Optional<MessageReader> rows = reader(reader, name, options, type);
    reader.finish();
    validateFormat(table, options);
    return new ReferenceFileTable(
        name,
        new ReferenceFile(
            ReferencePath.of(path, dateFormat, timeFormat), rows.orElseThrow(), false),
        type,
        interval);
  }

  /** Flink knows the options of its formats. */
  private void validateFormat(Context table, Map<String, String> options) {
    String format = options.get(FactoryUtil.FORMAT.key());
    FactoryUtil.TableFactoryHelper helper =
        FactoryUtil.createTableFactoryHelper(
            this, new ContextWithOptions(table, ReaderOptions.without(format, options)));
    DecodingFormat<DeserializationSchema<RowData>> unused =
        helper.discoverDecodingFormat(DeserializationFormatFactory.class, FactoryUtil.FORMAT);
    helper.validate();
  }

  private static Duration interval(OptionReader reader) {
    Duration interval =
        reader
            .find(ReferenceFileOptions.RELOAD_INTERVAL)
            .orElse(ReferenceFileOptions.RELOAD_INTERVAL.defaultValue());
    if (interval.compareTo(SHORTEST) < 0) {
      reader.reject(ReferenceFileOptions.RELOAD_INTERVAL, "must be at least 1 s");
    }
    return interval;
  }

  private static String format(
      OptionReader reader, ConfigOption<String> option, Pattern valid, String example) {
    String format = reader.find(option).orElse(option.defaultValue());
    if (!valid.matcher(format).matches()) {
      reader.reject(option, "'%s' is invalid; expected e.g. %s".formatted(format, example));
    }
    return format;
  }

  private static Optional<MessageReader> reader(
      OptionReader reader, String name, Map<String, String> options, RowType type) {
    String format = options.get(FactoryUtil.FORMAT.key());
    if (format == null) {
      return Optional.empty(); // Reported as missing.
    }
    if (MessageReaders.isSupported(format)) {
      ReaderOptions.check(reader, format);
      Optional<MessageReader> rows =
          Optional.ofNullable(
                  reader.attempt(
                      () ->
                          MessageReaders.find("input '%s'".formatted(name), format, options, type)))
              .flatMap(found -> found);
      if (rows.isPresent()) {
        return rows;
      }
    }
    reader.reject(
        FactoryUtil.FORMAT,
        "'%s' is not supported for reference files with these columns and options; expected json or csv, without ignore-parse-errors"
            .formatted(format));
    return Optional.empty();
  }
}

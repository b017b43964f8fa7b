package dev.outflow.kafka.input;

import dev.outflow.kafka.broker.EventHubs;
import dev.outflow.kafka.header.HeaderEncoding;
import dev.outflow.option.InvalidOptionsException;
import dev.outflow.option.OptionProblem;
import dev.outflow.option.Suggestion;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.table.catalog.Column;
import org.apache.flink.table.catalog.ResolvedSchema;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeRoot;
import org.apache.flink.table.types.logical.MapType;

/**
 * The metadata that the columns of a table can have: that of every record, the headers that columns
 * name, and headers as text where a column has that type.
 */
record ReadableMetadata(Map<String, RecordMetadata> byKey) {
  /** The prefix of metadata that is a single header: {@code headers.trace-id}. */
  static final String HEADER_PREFIX = "headers.";

  /** The prefix of the format's own metadata keys, as in Flink's Kafka table. */
  static final String FORMAT_PREFIX = "value.";

  private static final String ERROR_PREFIX = "error-";
  private static final String COLUMNS = "columns.";

  /**
   * Returns the metadata of a table with these columns.
   *
   * @throws InvalidOptionsException if a column has unknown metadata, or a type that headers cannot
   *     have, or if it is not set how their text is encoded
   */
  static ReadableMetadata of(ResolvedSchema schema, KafkaInput input) {
    HeaderEncoding encoding =
        input.headerEncoding().orElse(KafkaInputOptions.HEADER_ENCODING.defaultValue());
    Map<String, RecordMetadata> byKey = new LinkedHashMap<>(InputMetadata.byKey());
    List<OptionProblem> problems = new ArrayList<>();
    boolean readsText = false;
    for (Column column : schema.getColumns()) {
      if (!(column instanceof Column.MetadataColumn metadata)) {
        continue;
      }
      String key = metadata.getMetadataKey().orElse(column.getName());
      if (UndeclaredColumn.is(column)) {
        continue; // Part of the value.
      }
      LogicalType type = column.getDataType().getLogicalType();
      if (key.equals(InputMetadata.HEADERS.toString()) && isMapOfText(type)) {
        readsText = true;
        byKey.put(key, new HeaderMetadata.AllAsText(encoding));
      } else if (key.startsWith(HEADER_PREFIX)) {
        String header = key.substring(HEADER_PREFIX.length());
        if (isText(type)) {
          readsText = true;
          byKey.put(key, new HeaderMetadata.OneAsText(header, encoding));
        } else if (isBytes(type)) {
          byKey.put(key, new HeaderMetadata.One(header));
        } else {
          problems.add(unsupported(column, type));
          continue;
        }
      }
      if (!byKey.containsKey(key) && !key.startsWith(FORMAT_PREFIX)) {
        problems.add(unknown(column, key));
      }
      boolean canBeMissing =
          key.startsWith(HEADER_PREFIX) || key.equals(InputMetadata.KEY.toString());
      if (canBeMissing && !type.isNullable()) {
        byKey.computeIfPresent(key, (name, value) -> new RequiredMetadata(column.getName(), value));
      }
    }
    boolean isUndecided =
        input.headerEncoding().isEmpty() && input.connection().kind() instanceof EventHubs;
    if (readsText && isUndecided) {
      problems.add(
          new OptionProblem(
              KafkaInputOptions.HEADER_ENCODING.key(),
              "is required to read headers of Event Hubs as text: set amqp if any sender uses AMQP, as Azure's SDKs and IoT Hub do, or utf-8 if all use Kafka"));
    }
    if (!problems.isEmpty()) {
      throw new InvalidOptionsException(problems);
    }
    return new ReadableMetadata(byKey);
  }

  private static OptionProblem unknown(Column column, String key) {
    List<String> known = new ArrayList<>(InputMetadata.byKey().keySet());
    known.removeIf(name -> name.startsWith(ERROR_PREFIX));
    known.add(HEADER_PREFIX + "NAME");
    known.add(UndeclaredColumn.KEY);
    return new OptionProblem(
        COLUMNS + column.getName(),
        "unknown metadata '%s'%s".formatted(key, Suggestion.among(known, key)));
  }

  private static OptionProblem unsupported(Column column, LogicalType type) {
    return new OptionProblem(
        COLUMNS + column.getName(),
        "a header is STRING or BYTES, not %s; declare it as STRING and convert it in the query: TRY_CAST(`%s` AS %s)"
            .formatted(type.asSummaryString(), column.getName(), type.copy(true)));
  }

  private static boolean isMapOfText(LogicalType type) {
    return type instanceof MapType map && isText(map.getValueType());
  }

  private static boolean isText(LogicalType type) {
    return type.is(LogicalTypeRoot.VARCHAR) || type.is(LogicalTypeRoot.CHAR);
  }

  private static boolean isBytes(LogicalType type) {
    return type.is(LogicalTypeRoot.VARBINARY) || type.is(LogicalTypeRoot.BINARY);
  }

  /** Returns the type of each metadata key. */
  Map<String, DataType> types() {
    Map<String, DataType> types = new LinkedHashMap<>();
    byKey.forEach((key, metadata) -> types.put(key, metadata.type()));
    return types;
  }

  /** Returns the metadata with this key. */
  RecordMetadata named(String key) {
    return byKey.get(key);
  }
}

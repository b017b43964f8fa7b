package dev.outflow.kafka.input;

import static java.util.stream.Collectors.joining;

import dev.outflow.format.reader.MessageReader;
import dev.outflow.format.reader.MessageReaders;
import dev.outflow.format.reader.TextMessageReader;
import dev.outflow.option.InvalidOptionsException;
import dev.outflow.option.OptionProblem;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.catalog.Column;
import org.apache.flink.table.catalog.ResolvedSchema;
import org.apache.flink.table.catalog.UniqueConstraint;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.logical.RowType;

/**
 * The primary key of an upsert input, which the keys of its records contain.
 *
 * @param type its columns, in the order of their declaration
 * @param excludedFromValue those of them that values do not contain
 * @param format how keys contain them
 * @param reader reads a key as a row of {@code type}; in JSON with one more column for other fields
 */
record UpsertKey(
    RowType type, List<String> excludedFromValue, KeyFormat format, MessageReader reader)
    implements Serializable {
  /** The property of job.yaml for PRIMARY KEY. */
  static final String PRIMARY_KEY = "primary-key";

  private static final String JSON = "json";

  /**
   * Finds the key of a table; empty if it is not an upsert table.
   *
   * @param changes the changes of the table's format
   * @throws InvalidOptionsException if the table lacks a primary key or cannot have it, or if keys
   *     cannot contain it
   */
  static Optional<UpsertKey> of(
      String table, KafkaInput input, ResolvedSchema schema, String format, ChangelogMode changes) {
    Optional<UniqueConstraint> declared = schema.getPrimaryKey();
    boolean isInsertOnly = changes.equals(ChangelogMode.insertOnly());
    if (input.upsert().isEmpty()) {
      if (declared.isPresent() && isInsertOnly) {
        throw InvalidOptionsException.of(
            PRIMARY_KEY,
            "requires %1$s 'upsert', because each record is a row of its own otherwise; set %1$s or remove it"
                .formatted(KafkaInputOptions.MODE.key()));
      }
      return Optional.empty();
    }
    if (!isInsertOnly) {
      throw InvalidOptionsException.of(
          KafkaInputOptions.MODE.key(),
          "upsert is not supported with format '%s', whose values contain the changes of rows; remove it"
              .formatted(format));
    }
    if (declared.isEmpty()) {
      throw InvalidOptionsException.of(
          PRIMARY_KEY,
          "is required with %s 'upsert': the columns that the keys of records contain; in Flink SQL, PRIMARY KEY (column) NOT ENFORCED"
              .formatted(KafkaInputOptions.MODE.key()));
    }
    return Optional.of(of(table, schema, declared.get().getColumns(), input.upsert().get()));
  }

  private static UpsertKey of(
      String table, ResolvedSchema schema, List<String> names, UpsertOptions options) {
    checkExcluded(schema, names, options.excludeFromValue());
    DataType row =
        DataTypes.ROW(
            names.stream()
                .flatMap(name -> schema.getColumn(name).stream())
                .map(column -> DataTypes.FIELD(column.getName(), column.getDataType().notNull()))
                .toList());
    RowType type = (RowType) row.getLogicalType();
    KeyFormat format =
        options.keyFormat().orElse(names.size() == 1 ? KeyFormat.TEXT : KeyFormat.JSON);
    return new UpsertKey(type, options.excludeFromValue(), format, reader(table, type, format));
  }

  private static MessageReader reader(String table, RowType type, KeyFormat format) {
    for (RowType.RowField column : type.getFields()) {
      if (!TextMessageReader.supports(column.getType())) {
        throw InvalidOptionsException.of(
            PRIMARY_KEY,
            "column '%s' has type %s, which cannot be part of a key; choose another column"
                .formatted(column.getName(), column.getType().copy(true).asSummaryString()));
      }
    }
    if (format == KeyFormat.JSON) {
      return MessageReaders.find(
              "the keys of input '%s'".formatted(table), JSON, Map.of(), type, true)
          .orElseThrow();
    }
    if (type.getFieldCount() > 1) {
      throw InvalidOptionsException.of(
          KafkaInputOptions.KEY_FORMAT.key(),
          "must be json for a %s of several columns".formatted(PRIMARY_KEY));
    }
    RowType.RowField column = type.getFields().get(0);
    return new TextMessageReader(column.getName(), column.getType());
  }

  private static void checkExcluded(
      ResolvedSchema schema, List<String> names, List<String> excluded) {
    String option = KafkaInputOptions.EXCLUDE_FROM_VALUE.key();
    List<OptionProblem> problems =
        excluded.stream()
            .filter(column -> !names.contains(column))
            .map(
                column ->
                    new OptionProblem(
                        option,
                        "'%s' is not a column of %s, so only values can contain it; expected one of %s"
                            .formatted(column, PRIMARY_KEY, names.stream().collect(joining(", ")))))
            .toList();
    if (!problems.isEmpty()) {
      throw new InvalidOptionsException(problems);
    }
    if (schema.getColumns().stream()
        .filter(Column::isPhysical)
        .allMatch(column -> excluded.contains(column.getName()))) {
      throw InvalidOptionsException.of(option, "excludes all columns; keep at least one");
    }
  }

  /**
   * Returns the columns of values: without those that are only in keys, and with those of the
   * primary key nullable, because their values are taken from keys.
   *
   * @param row all columns of the table
   */
  DataType valueColumns(DataType row) {
    return DataTypes.ROW(
            DataType.getFields(row).stream()
                .filter(field -> !excludedFromValue.contains(field.getName()))
                .map(
                    field ->
                        type.getFieldNames().contains(field.getName())
                            ? DataTypes.FIELD(field.getName(), field.getDataType().nullable())
                            : field)
                .toList())
        .notNull();
  }
}

package dev.outflow.kafka.input;

import dev.outflow.option.InvalidOptionsException;
import java.util.Optional;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.catalog.Column;
import org.apache.flink.table.catalog.ResolvedSchema;
import org.apache.flink.table.factories.FactoryUtil;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeRoot;
import org.apache.flink.table.types.logical.VarCharType;

/**
 * The column {@code METADATA FROM 'undeclared'} of a JSON input: an object with the fields of a
 * record that no other column has, exactly as they are written.
 */
public final class UndeclaredColumn {
  static final String KEY = "undeclared";
  static final DataType TYPE = DataTypes.STRING().notNull();
  private static final String JSON = "json";
  private static final String IGNORE_ERRORS = "json.ignore-parse-errors";

  private UndeclaredColumn() {}

  /** Returns whether a column receives undeclared fields. */
  public static boolean is(Column column) {
    return column instanceof Column.MetadataColumn metadata
        && metadata.getMetadataKey().orElse(metadata.getName()).equals(KEY);
  }

  /** Returns whether a table has such a column. */
  static boolean isIn(ResolvedSchema schema) {
    return schema.getColumns().stream().anyMatch(UndeclaredColumn::is);
  }

  /**
   * Checks the column, if there is one.
   *
   * @param format the table's format
   * @param ignoresErrors whether the format ignores parse errors
   * @throws InvalidOptionsException if the table cannot have it
   */
  static void check(
      ResolvedSchema schema, String format, ValueReader reader, boolean ignoresErrors) {
    Optional<Column> found =
        schema.getColumns().stream()
            .filter(UndeclaredColumn::is)
            .findFirst(); // Flink rejects a second.
    if (found.isEmpty()) {
      return;
    }
    Column column = found.get();
    LogicalType type = column.getDataType().getLogicalType();
    if (!type.is(LogicalTypeRoot.VARCHAR)
        || ((VarCharType) type).getLength() != VarCharType.MAX_LENGTH) {
      throw invalid(
          column,
          "has type %s, but METADATA FROM '%s' requires STRING"
              .formatted(type.copy(true).asSummaryString(), KEY));
    }
    if (!format.equals(JSON)) {
      throw invalid(
          column,
          "METADATA FROM '%s' requires '%s' to be 'json', not '%s'"
              .formatted(KEY, FactoryUtil.FORMAT.key(), format));
    }
    if (reader == ValueReader.FLINK) {
      throw invalid(
          column,
          "METADATA FROM '%1$s' is not supported with %2$s 'flink'; remove it or change %2$s"
              .formatted(KEY, KafkaInputOptions.VALUE_READER.key()));
    }
    if (ignoresErrors) {
      throw invalid(
          column,
          "METADATA FROM '%1$s' is not supported with %2$s 'true'; remove it or change %2$s"
              .formatted(KEY, IGNORE_ERRORS));
    }
  }

  private static InvalidOptionsException invalid(Column column, String message) {
    return InvalidOptionsException.of("columns." + column.getName(), message);
  }
}

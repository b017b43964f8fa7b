package dev.outflow.avro;

import dev.outflow.kafka.option.RegistryOptions;
import dev.outflow.option.InvalidOptionsException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.table.factories.FactoryUtil;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeFamily;
import org.apache.flink.table.types.logical.LogicalTypeRoot;

/**
 * Rejects timestamps that the schema cannot express, or that Flink's Avro formats handle
 * incorrectly: above millisecond precision their schema declares microseconds but their values are
 * milliseconds (Flink 2.3, {@code AvroSchemaConverter} and {@code RowDataToAvroConverters}).
 */
public final class AvroTimestampPrecision {
  private static final Set<String> FORMATS = Set.of(AvroFormat.NAME, RegistryOptions.FORMAT);
  private static final int MILLISECONDS = 3;
  private static final int MICROSECONDS = 6;

  private static final String IN_ELEMENTS = " in arrays and maps";

  private AvroTimestampPrecision() {}

  /**
   * Checks the columns of a table, including nested fields.
   *
   * @param isFlink whether Flink's format reads or writes the table
   * @throws InvalidOptionsException naming the column
   */
  public static void check(Map<String, String> options, DataType row, boolean isFlink) {
    String format = options.getOrDefault(FactoryUtil.FORMAT.key(), "");
    if (!FORMATS.contains(format)) {
      return;
    }
    int limit = isFlink || !AvroFormat.hasMicroseconds(options) ? MILLISECONDS : MICROSECONDS;
    List<LogicalType> types = row.getLogicalType().getChildren();
    for (int column = 0; column < types.size(); column++) {
      LogicalType type = types.get(column);
      int exceeded = exceeded(type, limit);
      if (exceeded > 0) {
        throw InvalidOptionsException.of(
            FactoryUtil.FORMAT.key(),
            "%s supports only %s, but column '%s' has type %s; CAST it to TIMESTAMP(%d) or TIMESTAMP_LTZ(%d)"
                .formatted(
                    format,
                    exceeded == MICROSECONDS
                        ? "timestamps up to microseconds"
                        : "millisecond timestamps" + (exceeded < limit ? IN_ELEMENTS : ""),
                    DataType.getFieldNames(row).get(column),
                    type.asSummaryString(),
                    exceeded,
                    exceeded));
      }
    }
  }

  /** Returns the precision that a timestamp exceeds; 0 if none does. */
  private static int exceeded(LogicalType type, int limit) {
    if (type.is(LogicalTypeFamily.TIMESTAMP)) {
      return AvroTypes.precision(type) > limit ? limit : 0;
    }
    // Within arrays and maps, Flink derives the schema of its legacy mapping.
    int inside = type.is(LogicalTypeRoot.ROW) ? limit : MILLISECONDS;
    return type.getChildren().stream()
        .mapToInt(child -> exceeded(child, inside))
        .filter(exceeded -> exceeded > 0)
        .findFirst()
        .orElse(0);
  }
}

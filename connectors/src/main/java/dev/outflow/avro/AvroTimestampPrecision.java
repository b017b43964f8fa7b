package dev.outflow.avro;

import dev.outflow.kafka.option.RegistryOptions;
import dev.outflow.option.InvalidOptionsException;
import dev.outflow.option.OptionProblem;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.table.factories.FactoryUtil;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.logical.LocalZonedTimestampType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.TimestampType;

/**
 * Rejects timestamps that Flink's Avro formats handle incorrectly: above millisecond precision
 * their schema declares microseconds but their values are milliseconds (Flink 2.3, {@code
 * AvroSchemaConverter} and {@code RowDataToAvroConverters}).
 */
public final class AvroTimestampPrecision {
  private static final Set<String> FORMATS = Set.of("avro", RegistryOptions.FORMAT);
  private static final int MILLISECONDS = 3;

  private AvroTimestampPrecision() {}

  /**
   * Checks the columns of a table, including nested fields.
   *
   * @throws InvalidOptionsException naming the column
   */
  public static void check(Map<String, String> options, DataType row) {
    String format = options.getOrDefault(FactoryUtil.FORMAT.key(), "");
    if (!FORMATS.contains(format)) {
      return;
    }
    List<LogicalType> types = row.getLogicalType().getChildren();
    for (int column = 0; column < types.size(); column++) {
      if (isTooPrecise(types.get(column))) {
        throw new InvalidOptionsException(
            List.of(
                new OptionProblem(
                    FactoryUtil.FORMAT.key(),
                    ("%s supports only millisecond timestamps, but column '%s' has type %s;"
                            + " CAST it to TIMESTAMP(3) or TIMESTAMP_LTZ(3)")
                        .formatted(
                            format,
                            DataType.getFieldNames(row).get(column),
                            types.get(column).asSummaryString()))));
      }
    }
  }

  private static boolean isTooPrecise(LogicalType type) {
    if (type instanceof TimestampType timestamp) {
      return timestamp.getPrecision() > MILLISECONDS;
    }
    if (type instanceof LocalZonedTimestampType timestamp) {
      return timestamp.getPrecision() > MILLISECONDS;
    }
    return type.getChildren().stream().anyMatch(AvroTimestampPrecision::isTooPrecise);
  }
}

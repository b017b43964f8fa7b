package dev.outflow.kafka.output;

import dev.outflow.option.InvalidOptionsException;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.serialization.SerializationSchema;
import org.apache.flink.table.connector.Projection;
import org.apache.flink.table.connector.format.EncodingFormat;
import org.apache.flink.table.connector.sink.DynamicTableSink;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.factories.DynamicTableFactory;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.logical.LogicalType;

/**
 * The columns of a record's key.
 *
 * @param columns their indexes in the row, in the order of {@code partition-key}
 * @param json the format of a key of several columns; null otherwise
 */
record RecordKey(
    DataType row, List<Integer> columns, EncodingFormat<SerializationSchema<RowData>> json) {
  /**
   * Resolves columns by name.
   *
   * @throws InvalidOptionsException with each unknown column
   */
  static RecordKey find(List<String> names, DynamicTableFactory.Context context) {
    DataType row = context.getPhysicalRowDataType();
    List<String> existing = DataType.getFieldNames(row);
    OutputColumns.requireKnown(KafkaOutputOptions.PARTITION_KEY.key(), names, existing);
    List<Integer> columns = names.stream().map(existing::indexOf).toList();
    if (columns.size() == 1) {
      textEncoder(row, columns.get(0));
    }
    return new RecordKey(
        row, columns, columns.size() > 1 ? FlinkJsonFormat.find(context, Map.of()) : null);
  }

  /** Returns the serializer of keys: null without columns, text of one column, JSON of several. */
  SerializationSchema<RowData> serializer(DynamicTableSink.Context context) {
    if (columns.isEmpty()) {
      return value -> null;
    }
    if (columns.size() == 1) {
      int column = columns.get(0);
      ColumnTextEncoder encoder = textEncoder(row, column);
      RowData.FieldGetter getter = RowData.createFieldGetter(type(row, column), column);
      return value -> {
        Object found = getter.getFieldOrNull(value);
        return found == null ? null : encoder.encode(found);
      };
    }
    int[] positions = columns.stream().mapToInt(Integer::intValue).toArray();
    return new ProjectingSerializer(
        json.createRuntimeEncoder(context, Projection.of(positions).project(row)), positions);
  }

  private static ColumnTextEncoder textEncoder(DataType row, int column) {
    return ColumnTextEncoder.forType(
        KafkaOutputOptions.PARTITION_KEY.key(),
        DataType.getFieldNames(row).get(column),
        type(row, column));
  }

  private static LogicalType type(DataType row, int column) {
    return row.getLogicalType().getChildren().get(column);
  }
}

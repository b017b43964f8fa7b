package dev.outflow.kafka.output;

import dev.outflow.option.InvalidOptionsException;
import dev.outflow.option.OptionProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.serialization.SerializationSchema;
import org.apache.flink.table.connector.Projection;
import org.apache.flink.table.connector.format.EncodingFormat;
import org.apache.flink.table.connector.sink.DynamicTableSink;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.utils.ProjectedRowData;
import org.apache.flink.table.factories.DynamicTableFactory;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.logical.LogicalType;

/**
 * The columns that make a record's key, found in the table.
 *
 * @param columns where they stand in the row, in the order of {@code partition-key}
 * @param json how several columns are written
 */
record RecordKey(
    DataType row, List<Integer> columns, EncodingFormat<SerializationSchema<RowData>> json) {
  /**
   * Finds the columns by name.
   *
   * @throws InvalidOptionsException with each column that the table does not have
   */
  static RecordKey find(List<String> names, DynamicTableFactory.Context context) {
    DataType row = context.getPhysicalRowDataType();
    List<String> existing = DataType.getFieldNames(row);
    List<OptionProblem> problems = new ArrayList<>();
    for (String name : names) {
      if (!existing.contains(name)) {
        problems.add(
            new OptionProblem(
                KafkaOutputOptions.PARTITION_KEY.key(),
                "there is no column '%s'; there are %s"
                    .formatted(name, String.join(", ", existing))));
      }
    }
    if (!problems.isEmpty()) {
      throw new InvalidOptionsException(problems);
    }
    List<Integer> columns = names.stream().map(existing::indexOf).toList();
    if (columns.size() == 1) {
      columnText(row, columns.get(0));
    }
    return new RecordKey(
        row, columns, columns.size() > 1 ? FlinkJsonFormat.find(context, Map.of()) : null);
  }

  /** Writes the key of a row: null without columns; text of one column; JSON of several. */
  SerializationSchema<RowData> encoder(DynamicTableSink.Context context) {
    if (columns.isEmpty()) {
      return value -> null;
    }
    if (columns.size() == 1) {
      int column = columns.get(0);
      KeyTextEncoder text = columnText(row, column);
      RowData.FieldGetter getter = RowData.createFieldGetter(type(row, column), column);
      return value -> {
        Object found = getter.getFieldOrNull(value);
        return found == null ? null : text.of(found);
      };
    }
    int[] positions = columns.stream().mapToInt(Integer::intValue).toArray();
    return new SeveralColumns(
        json.createRuntimeEncoder(context, Projection.of(positions).project(row)), positions);
  }

  private static KeyTextEncoder columnText(DataType row, int column) {
    return KeyTextEncoder.forType(DataType.getFieldNames(row).get(column), type(row, column));
  }

  private static LogicalType type(DataType row, int column) {
    return row.getLogicalType().getChildren().get(column);
  }

  /** A key of several columns: the row cut down to them, in Flink's own JSON. */
  private static final class SeveralColumns implements SerializationSchema<RowData> {
    private static final long serialVersionUID = 1;

    private final SerializationSchema<RowData> json;
    private final int[] positions;
    private transient ProjectedRowData projected;

    SeveralColumns(SerializationSchema<RowData> json, int[] positions) {
      this.json = json;
      this.positions = positions;
    }

    @Override
    public void open(InitializationContext context) throws Exception {
      json.open(context);
      projected = ProjectedRowData.from(positions);
    }

    @Override
    public byte[] serialize(RowData row) {
      return json.serialize(projected.replaceRow(row));
    }
  }
}

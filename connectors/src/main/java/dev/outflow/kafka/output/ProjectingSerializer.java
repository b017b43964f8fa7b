package dev.outflow.kafka.output;

import org.apache.flink.api.common.serialization.SerializationSchema;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.utils.ProjectedRowData;

/** Serializes some columns of a row. */
final class ProjectingSerializer implements SerializationSchema<RowData> {
  private static final long serialVersionUID = 1;

  private final SerializationSchema<RowData> format;
  private final int[] positions;
  private transient ProjectedRowData projected;

  /**
   * @param format serializes rows of these columns
   * @param positions the columns, from 0, in their order
   */
  ProjectingSerializer(SerializationSchema<RowData> format, int[] positions) {
    this.format = format;
    this.positions = positions;
  }

  @Override
  public void open(InitializationContext context) throws Exception {
    format.open(context);
    projected = ProjectedRowData.from(positions);
  }

  @Override
  public byte[] serialize(RowData row) {
    return format.serialize(projected.replaceRow(row));
  }
}

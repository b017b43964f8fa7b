package dev.outflow.kafka.input;

import dev.outflow.kafka.error.RecordProblem;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.RowType;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * How the rows of a table are put together: what the format reads, then what is known of the record
 * beside it.
 *
 * @param value the columns that the format fills
 * @param metadata the columns after them
 */
record InputRow(RowType value, List<InputMetadata> metadata, List<RowData.FieldGetter> getters)
    implements Serializable {

  static InputRow of(RowType value, List<InputMetadata> metadata) {
    List<RowData.FieldGetter> getters = new ArrayList<>();
    for (int i = 0; i < value.getFieldCount(); i++) {
      getters.add(RowData.createFieldGetter(value.getTypeAt(i), i));
    }
    return new InputRow(value, List.copyOf(metadata), List.copyOf(getters));
  }

  /** What the format has read, with the rest. */
  RowData of(RowData read, ConsumerRecord<byte[], byte[]> record) {
    return metadata.isEmpty() ? read : with(read, record, null);
  }

  /** A record that could not be read. */
  RowData of(RecordProblem problem, ConsumerRecord<byte[], byte[]> record) {
    return with(PlaceholderRow.row(value), record, problem);
  }

  private RowData with(RowData read, ConsumerRecord<byte[], byte[]> record, RecordProblem problem) {
    GenericRowData row = new GenericRowData(read.getRowKind(), getters.size() + metadata.size());
    for (int i = 0; i < getters.size(); i++) {
      row.setField(i, getters.get(i).getFieldOrNull(read));
    }
    for (int i = 0; i < metadata.size(); i++) {
      row.setField(getters.size() + i, metadata.get(i).of(record, problem));
    }
    return row;
  }
}

package dev.outflow.kafka.input;

import dev.outflow.kafka.error.ErrorCode;
import dev.outflow.kafka.error.RecordProblem;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.RowType;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Assembles a table's rows: the columns of the format, then the record's metadata.
 *
 * @param value the columns of the format
 * @param metadata the columns that follow
 */
record RowAssembler(RowType value, List<RecordMetadata> metadata, List<RowData.FieldGetter> getters)
    implements Serializable {

  static RowAssembler of(RowType value, List<RecordMetadata> metadata) {
    List<RowData.FieldGetter> getters = new ArrayList<>();
    for (int i = 0; i < value.getFieldCount(); i++) {
      getters.add(RowData.createFieldGetter(value.getTypeAt(i), i));
    }
    return new RowAssembler(value, List.copyOf(metadata), List.copyOf(getters));
  }

  /** Returns the row of a good record. */
  RowData row(RowData decoded, ConsumerRecord<byte[], byte[]> record) {
    return metadata.isEmpty() ? decoded : append(decoded, record, null);
  }

  /** Returns the problem of a record that lacks required metadata; null if it has all. */
  RecordProblem problem(ConsumerRecord<byte[], byte[]> record) {
    for (RecordMetadata column : metadata) {
      if (column instanceof RequiredMetadata required && required.isMissingFrom(record)) {
        return new RecordProblem(
            ErrorCode.MISSING_COLUMNS,
            Optional.of(required.column()),
            "the record has no %s, but the column is declared NOT NULL".formatted(required.value()),
            "");
      }
    }
    return null;
  }

  /** Returns the row that represents a bad record. */
  RowData placeholder(RecordProblem problem, ConsumerRecord<byte[], byte[]> record) {
    return append(PlaceholderRow.of(value), record, problem);
  }

  private RowData append(
      RowData decoded, ConsumerRecord<byte[], byte[]> record, RecordProblem problem) {
    GenericRowData row = new GenericRowData(decoded.getRowKind(), getters.size() + metadata.size());
    for (int i = 0; i < getters.size(); i++) {
      row.setField(i, getters.get(i).getFieldOrNull(decoded));
    }
    for (int i = 0; i < metadata.size(); i++) {
      row.setField(getters.size() + i, metadata.get(i).of(record, problem));
    }
    return row;
  }
}

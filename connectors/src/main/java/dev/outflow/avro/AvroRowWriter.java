package dev.outflow.avro;

import java.util.List;
import java.util.stream.IntStream;
import org.apache.avro.Schema;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.RowType;

/** Writes rows as records. */
final class AvroRowWriter {
  private final AvroFieldWriter[] writers;

  /** Creates a writer; columns and fields have the same order. */
  AvroRowWriter(Schema schema, RowType type) {
    List<Schema.Field> fields = schema.getFields();
    writers =
        IntStream.range(0, type.getFieldCount())
            .mapToObj(at -> AvroFieldWriters.writer(fields.get(at).schema(), type.getTypeAt(at)))
            .toArray(AvroFieldWriter[]::new);
  }

  void write(AvroOutput out, RowData row) {
    for (int at = 0; at < writers.length; at++) {
      writers[at].write(out, row, at);
    }
  }
}

package dev.outflow.avro;

import dev.outflow.format.reader.MessageReader;
import dev.outflow.format.reader.RowConsumer;
import org.apache.avro.Schema;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.table.types.logical.RowType;

/** Reads messages that are a record of one schema each. */
final class AvroMessageReader implements MessageReader {
  private static final long serialVersionUID = 1;

  private final String written;
  private final RowType columns;
  private transient AvroRecordReader reader;

  AvroMessageReader(Schema written, RowType columns) {
    this.written = written.toString();
    this.columns = columns;
  }

  @Override
  public void open(DeserializationSchema.InitializationContext context) {
    reader = new AvroRecordReader(AvroFormat.NAME, new Schema.Parser().parse(written), columns);
  }

  @Override
  public void read(byte[] message, RowConsumer rows) {
    if (message != null) {
      reader.read(message, 0, rows);
    }
  }
}

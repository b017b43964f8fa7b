package dev.outflow.format;

import org.apache.flink.api.common.serialization.SerializationSchema;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.RowType;

/**
 * Serializes rows to the same bytes as Flink's format, but directly into a buffer where Flink
 * builds a tree first.
 *
 * <p>Rows that cannot be written directly are passed to Flink's format, which writes or rejects
 * them, so that errors are Flink's own.
 *
 * <p>Not thread-safe.
 */
final class DirectSerializer implements SerializationSchema<RowData> {
  private static final long serialVersionUID = 1;

  private final SerializationSchema<RowData> flink;
  private final RowType type;
  private final DirectFormat format;
  private transient FieldWriter writer;
  private transient TextOutput out;

  DirectSerializer(SerializationSchema<RowData> flink, RowType type, DirectFormat format) {
    this.flink = flink;
    this.type = type;
    this.format = format;
  }

  @Override
  public void open(InitializationContext context) throws Exception {
    flink.open(context);
    writer = format.writer(type);
    out = new TextOutput();
  }

  @Override
  public byte[] serialize(RowData row) {
    out.reset();
    try {
      writer.write(out, row);
    } catch (RuntimeException | StackOverflowError e) {
      return flink.serialize(row);
    }
    return out.toByteArray();
  }
}

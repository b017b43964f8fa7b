package dev.outflow.format;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import java.io.IOException;
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
  private transient ByteArrayBuilder bytes;
  private transient JsonGenerator out;

  DirectSerializer(SerializationSchema<RowData> flink, RowType type, DirectFormat format) {
    this.flink = flink;
    this.type = type;
    this.format = format;
  }

  @Override
  public void open(InitializationContext context) throws Exception {
    flink.open(context);
    writer = format.writer(type);
    restart();
  }

  @Override
  public byte[] serialize(RowData row) {
    try {
      writer.write(out, row);
      out.flush();
      byte[] written = bytes.toByteArray();
      bytes.reset();
      return written;
    } catch (IOException | RuntimeException | StackOverflowError e) {
      restart();
      return flink.serialize(row);
    }
  }

  /** Discards the buffers, which contain part of a row after a failure. */
  private void restart() {
    bytes = new ByteArrayBuilder();
    try {
      out = format.generator(bytes, type);
    } catch (IOException e) {
      throw new IllegalStateException("cannot write to memory", e);
    }
  }
}

package dev.outflow.format;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import java.io.IOException;
import org.apache.flink.api.common.serialization.SerializationSchema;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.RowType;

/**
 * Rows, byte for byte as Flink's format writes them, but straight into a buffer where Flink makes a
 * tree first.
 *
 * <p>A row that cannot be written so is given to Flink's format, which writes or refuses it: what
 * is refused, and in which words, is for Flink to say.
 *
 * <p>Not for several threads.
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

  /** What has been written of a row that failed stands in the buffers. */
  private void restart() {
    bytes = new ByteArrayBuilder();
    try {
      out = format.generator(bytes, type);
    } catch (IOException e) {
      throw new IllegalStateException("there is no writing into memory", e);
    }
  }
}

package dev.outflow.json;

import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import java.io.IOException;
import org.apache.flink.api.common.serialization.SerializationSchema;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.RowType;

/**
 * Rows as JSON, byte for byte as Flink's {@code json} writes them, but straight into a buffer where
 * Flink makes a tree first.
 *
 * <p>A row that cannot be written so is given to Flink's format, which writes or refuses it: what
 * is refused, and in which words, is for Flink to say.
 *
 * <p>Not for several threads.
 */
public final class JsonRows implements SerializationSchema<RowData> {
  private static final long serialVersionUID = 1;

  private final SerializationSchema<RowData> flink;
  private final RowType type;
  private final JsonOptions options;
  private transient ValueWriter writer;
  private transient ByteArrayBuilder bytes;
  private transient JsonGenerator out;

  private JsonRows(SerializationSchema<RowData> flink, RowType type, JsonOptions options) {
    this.flink = flink;
    this.type = type;
    this.options = options;
  }

  /**
   * What writes as {@code flink} does: {@code flink} itself if there are types that only it knows.
   *
   * @param flink Flink's {@code json} for the same rows and options
   */
  public static SerializationSchema<RowData> like(
      SerializationSchema<RowData> flink, RowType type, JsonOptions options) {
    return JsonTypes.known(type) ? new JsonRows(flink, type, options) : flink;
  }

  @Override
  public void open(InitializationContext context) throws Exception {
    flink.open(context);
    writer = new JsonTypes(options).writer(type);
    restart();
  }

  @Override
  public byte[] serialize(RowData row) {
    try {
      writer.write(out, row);
      out.flush();
      byte[] json = bytes.toByteArray();
      bytes.reset();
      return json;
    } catch (IOException | RuntimeException | StackOverflowError e) {
      restart();
      return flink.serialize(row);
    }
  }

  /** What has been written of a row that failed stands in the buffers. */
  private void restart() {
    bytes = new ByteArrayBuilder();
    try {
      out =
          new JsonFactoryBuilder()
              .rootValueSeparator((String) null)
              .recyclerPool(JsonRecyclerPools.nonRecyclingPool())
              .configure(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN, options.plainDecimals())
              .build()
              .createGenerator(bytes);
    } catch (IOException e) {
      throw new IllegalStateException("there is no writing into memory", e);
    }
  }
}

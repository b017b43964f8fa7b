package dev.outflow.kafka.output;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import org.apache.flink.api.common.serialization.SerializationSchema;
import org.apache.flink.table.data.RowData;

/**
 * A format that can go on after a row that it could not write. Flink's formats cannot: what {@code
 * avro} has written of such a row stands before the next one (Flink 2.3, {@code
 * AvroSerializationSchema}). So a new one takes the place of one that failed.
 */
final class ReopeningSerializer implements SerializationSchema<RowData> {
  private static final long serialVersionUID = 1;

  private SerializationSchema<RowData> format;
  private transient InitializationContext context;

  /** {@code format} keeps what belongs to one row in transient fields, as formats have to. */
  ReopeningSerializer(SerializationSchema<RowData> format) {
    this.format = format;
  }

  @Override
  public void open(InitializationContext flink) throws Exception {
    context = flink;
    format.open(flink);
  }

  /**
   * {@inheritDoc}
   *
   * @throws RowSerializationException if the format cannot write the row
   */
  @Override
  public byte[] serialize(RowData row) {
    try {
      return format.serialize(row);
    } catch (RuntimeException e) {
      RowSerializationException unwritable = RowSerializationException.of(e);
      reopen();
      throw unwritable;
    }
  }

  private void reopen() {
    try {
      SerializationSchema<RowData> fresh = copy(format);
      fresh.open(context);
      format = fresh;
    } catch (Exception e) {
      throw new IllegalStateException("the format cannot be opened again", e);
    }
  }

  @SuppressWarnings("unchecked")
  private static <T> T copy(T original) throws IOException, ClassNotFoundException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(original);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      return (T) in.readObject();
    }
  }
}

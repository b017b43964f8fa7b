package dev.outflow.kafka.output;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import org.apache.flink.api.common.serialization.SerializationSchema;
import org.apache.flink.table.data.RowData;

/**
 * Replaces a format by a fresh copy after a failure. Flink's formats can carry state over to the
 * next row: {@code avro} keeps the bytes of a partially written row in its buffer (Flink 2.3,
 * {@code AvroSerializationSchema}).
 */
final class ReopeningSerializer implements SerializationSchema<RowData> {
  private static final long serialVersionUID = 1;

  private SerializationSchema<RowData> format;
  private transient InitializationContext context;

  /** Wraps a format, whose state of a row must be in transient fields, as formats require. */
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
   * @throws RowSerializationException if the format cannot serialize the row
   */
  @Override
  public byte[] serialize(RowData row) {
    try {
      return format.serialize(row);
    } catch (RuntimeException e) {
      RowSerializationException failure = RowSerializationException.of(e);
      reopen();
      throw failure;
    }
  }

  private void reopen() {
    try {
      SerializationSchema<RowData> fresh = copy(format);
      fresh.open(context);
      format = fresh;
    } catch (Exception e) {
      throw new IllegalStateException("failed to reopen the format", e);
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

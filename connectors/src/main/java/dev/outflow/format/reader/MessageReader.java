package dev.outflow.format.reader;

import java.io.IOException;
import java.io.Serializable;
import org.apache.flink.api.common.serialization.DeserializationSchema;

/** Reads the rows of a message; not thread-safe. */
public interface MessageReader extends Serializable {
  /** Prepares for reading, once per task. */
  void open(DeserializationSchema.InitializationContext context) throws Exception;

  /**
   * Reads a message and passes each of its rows, or what is wrong with it, to {@code rows}.
   *
   * @param message the value of a Kafka record; null, a tombstone, has no rows
   * @throws IOException if the message as a whole cannot be read; rows that were passed before do
   *     not count
   */
  void read(byte[] message, RowConsumer rows) throws IOException;
}

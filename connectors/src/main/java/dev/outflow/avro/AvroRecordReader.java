package dev.outflow.avro;

import dev.outflow.format.reader.InvalidValueException;
import dev.outflow.format.reader.MalformedMessage;
import dev.outflow.format.reader.RowConsumer;
import java.io.IOException;
import org.apache.avro.Schema;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.RowType;

/**
 * Reads messages that are one record of a schema each.
 *
 * <p>Not thread-safe.
 */
public final class AvroRecordReader {
  private final String format;
  private final Schema written;
  private final AvroValueReader reader;
  private final AvroInput in = new AvroInput();

  /**
   * Creates a reader.
   *
   * @param format the name of the format, for messages
   * @param written the schema that the records were written with
   * @param columns the columns of the table, all of types that {@link AvroFormat} supports
   */
  public AvroRecordReader(String format, Schema written, RowType columns) {
    this.format = format;
    this.written = written;
    this.reader = AvroValueReaders.reader(written, columns.copy(false));
  }

  /**
   * Reads the record that starts at {@code from} and must fill the rest of the message. Problems go
   * to {@code rows}.
   */
  public void read(byte[] message, int from, RowConsumer rows) {
    in.reset(message, from);
    try {
      RowData row = (RowData) reader.read(in);
      checkEnd();
      rows.row(row);
    } catch (IOException e) {
      rows.invalid(1, malformed(message, e));
    } catch (InvalidValueException e) {
      rows.invalid(
          1, e.column().isPresent() ? wellFormed(message, from, e) : malformed(message, e));
    }
  }

  /**
   * Returns the problem of a value, or that of its message if what follows is not Avro: bytes in
   * the wrong place look like all kinds of values.
   */
  private InvalidValueException wellFormed(
      byte[] message, int from, InvalidValueException problem) {
    in.reset(message, from);
    try {
      SkippedValue.skip(written, in);
      checkEnd();
      return problem;
    } catch (IOException e) {
      return malformed(message, e);
    }
  }

  private void checkEnd() throws IOException {
    if (in.remaining() > 0) {
      throw new IOException("unexpected bytes after the last field of the record");
    }
  }

  private InvalidValueException malformed(byte[] message, Exception e) {
    return MalformedMessage.problem(message, format, 0, e.getMessage());
  }
}

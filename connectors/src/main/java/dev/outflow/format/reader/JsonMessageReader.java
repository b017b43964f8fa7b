package dev.outflow.format.reader;

import java.io.IOException;
import java.util.Optional;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.table.types.logical.RowType;

/** Reads each object of a message, alone, one after the other or in an array, as a row. */
final class JsonMessageReader implements MessageReader {
  private static final long serialVersionUID = 1;
  static final String FORMAT = "json";

  private final String table;
  private final RowType type;
  private final boolean failOnMissingField;
  private final EpochUnit epochUnit;
  private final boolean undeclared;
  private transient JsonInput json;
  private transient JsonRowReader rowReader;

  /**
   * Creates a reader.
   *
   * @param table for the log, e.g. {@code input 'orders'}
   * @param epochUnit the unit of timestamps that are numbers; null if they are invalid
   * @param undeclared whether one more column receives the fields that are not columns
   */
  JsonMessageReader(
      String table,
      RowType type,
      boolean failOnMissingField,
      EpochUnit epochUnit,
      boolean undeclared) {
    this.table = table;
    this.type = type;
    this.failOnMissingField = failOnMissingField;
    this.epochUnit = epochUnit;
    this.undeclared = undeclared;
  }

  @Override
  public void open(DeserializationSchema.InitializationContext context) {
    json = new JsonInput();
    JsonValueReaders readers =
        new JsonValueReaders(
            new ScalarReaders(ReaderOptions.JSON_EPOCH_UNIT.key(), Optional.ofNullable(epochUnit)),
            failOnMissingField,
            new SimilarNames(table));
    rowReader = undeclared ? readers.rowWithUndeclared(type) : readers.row(type);
  }

  @Override
  public void read(byte[] message, RowConsumer rows) {
    if (message != null) {
      new Documents(message, rows).read();
    }
  }

  /** The documents of one message. */
  private final class Documents {
    private final byte[] message;
    private final RowConsumer rows;
    private int number;

    Documents(byte[] message, RowConsumer rows) {
      this.message = message;
      this.rows = rows;
    }

    void read() {
      try {
        json.open(message);
        if (!json.hasNext()) {
          rows.invalid(1, MalformedMessage.problem(message, FORMAT, 0, "no document"));
        }
        while (json.hasNext()) {
          if (json.next() == JsonType.ARRAY) {
            for (boolean more = json.enter(']'); more; more = json.more(']')) {
              row();
            }
          } else {
            row();
          }
        }
      } catch (IOException e) {
        rows.invalid(number + 1, MalformedMessage.problem(message, FORMAT, number, e.getMessage()));
      }
    }

    private void row() throws IOException {
      JsonType type = json.next();
      if (type != JsonType.OBJECT) {
        json.read(type);
        number++;
        rows.invalid(
            number,
            InvalidValueException.malformed(
                "a JSON document must be an object or an array of objects", ""));
        return;
      }
      int start = json.position();
      int depth = json.depth();
      try {
        rows.row(rowReader.read(json));
        number++;
      } catch (InvalidValueException e) {
        json.returnTo(start, depth);
        json.read(type);
        number++;
        rows.invalid(number, e);
      }
    }
  }
}

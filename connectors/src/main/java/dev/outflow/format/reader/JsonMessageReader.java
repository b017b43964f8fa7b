package dev.outflow.format.reader;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
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
  private transient JsonSource source;
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
    source = new JsonSource();
    JsonValueReaders readers =
        new JsonValueReaders(
            new ScalarReaders(ReaderOptions.JSON_EPOCH_UNIT.key(), Optional.ofNullable(epochUnit)),
            failOnMissingField,
            source,
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
      try (JsonParser json = source.open(message)) {
        JsonToken first = json.nextToken();
        if (first == null) {
          rows.invalid(1, MalformedMessage.problem(message, FORMAT, 0, "no document"));
        }
        for (JsonToken token = first; token != null; token = json.nextToken()) {
          if (token == JsonToken.START_ARRAY) {
            while (json.nextToken() != JsonToken.END_ARRAY) {
              row(json);
            }
          } else {
            row(json);
          }
        }
      } catch (IOException e) {
        rows.invalid(number + 1, MalformedMessage.problem(message, FORMAT, number, e.getMessage()));
      }
    }

    private void row(JsonParser json) throws IOException {
      if (json.currentToken() != JsonToken.START_OBJECT) {
        json.skipChildren();
        number++;
        rows.invalid(
            number,
            InvalidValueException.malformed(
                "a JSON document must be an object or an array of objects", ""));
        return;
      }
      JsonStreamContext outside = json.getParsingContext().getParent();
      try {
        rows.row(rowReader.read(json));
        number++;
      } catch (InvalidValueException e) {
        while (json.getParsingContext() != outside) {
          json.nextToken();
        }
        number++;
        rows.invalid(number, e);
      }
    }
  }
}

package dev.outflow.kafka.input;

import dev.outflow.format.reader.InvalidValueException;
import dev.outflow.format.reader.RowConsumer;
import dev.outflow.kafka.error.ErrorCode;
import dev.outflow.kafka.error.RecordProblem;
import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.types.RowKind;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Creates the rows of an upsert input: the columns of the primary key from a record's key, and the
 * others from its value. A record is an update, and a tombstone a deletion, of the row of its key.
 *
 * <p>Not thread-safe.
 */
final class UpsertRows implements Serializable {
  private static final long serialVersionUID = 1;
  private static final String NO_OTHER_FIELDS = "{}";

  private final UpsertKey key;
  private final RowType type;
  private final int time;
  private final RowData.FieldGetter[] keys;
  private final RowData.FieldGetter[] values;
  private transient Parsed parsed;

  /**
   * Prepares to create rows.
   *
   * @param type the columns of the rows that come from keys and values
   * @param value the columns of values
   * @param timeColumn the event time; a deletion takes it from the record's timestamp, unless it is
   *     a column of the key
   */
  UpsertRows(UpsertKey key, RowType type, RowType value, Optional<String> timeColumn) {
    this.key = key;
    this.type = type;
    this.time =
        timeColumn
            .filter(column -> key.type().getFieldIndex(column) < 0)
            .map(type::getFieldIndex)
            .orElse(-1);
    this.keys = getters(type, key.type());
    this.values = getters(type, value);
  }

  /** Returns the readers of the columns of {@code type} from {@code part}; null for others. */
  private static RowData.FieldGetter[] getters(RowType type, RowType part) {
    return type.getFieldNames().stream()
        .map(
            name -> {
              int at = part.getFieldIndex(name);
              return at < 0 ? null : RowData.createFieldGetter(part.getTypeAt(at), at);
            })
        .toArray(RowData.FieldGetter[]::new);
  }

  void open(DeserializationSchema.InitializationContext context) throws Exception {
    key.reader().open(context);
    parsed = new Parsed();
  }

  /**
   * Reads the primary key of a record.
   *
   * @return what is wrong with it; empty if {@link #update} and {@link #deletion} can be called
   * @throws IOException if the key cannot be read now
   */
  Optional<RecordProblem> read(ConsumerRecord<byte[], byte[]> record) throws IOException {
    if (record.key() == null) {
      return Optional.of(
          new RecordProblem(
              ErrorCode.MISSING_COLUMNS,
              Optional.of(key.type().getFieldNames().get(0)),
              "the record has no key, from which the primary key is read",
              ""));
    }
    parsed.clear();
    key.reader().read(record.key(), parsed);
    if (parsed.problem == null && parsed.count != 1) {
      return Optional.of(
          invalid("the record's key has %d JSON objects instead of one".formatted(parsed.count)));
    }
    if (parsed.problem == null && hasOtherFields()) {
      return Optional.of(
          invalid(
              "the record's key has fields that are not in the primary key, so that several keys would be the same row"));
    }
    return Optional.ofNullable(parsed.problem);
  }

  private boolean hasOtherFields() {
    return key.format() == KeyFormat.JSON
        && !parsed.row.getString(key.type().getFieldCount()).toString().equals(NO_OTHER_FIELDS);
  }

  private static RecordProblem invalid(String reason) {
    return new RecordProblem(ErrorCode.INVALID_DATA, reason);
  }

  /** Returns the row of a record with the primary key that was read last. */
  RowData update(RowData value) {
    return row(
        RowKind.UPDATE_AFTER,
        column -> values[column] == null ? null : values[column].getFieldOrNull(value));
  }

  /** Returns the deletion of the row with the primary key that was read last. */
  RowData deletion(ConsumerRecord<byte[], byte[]> record) {
    return row(
        RowKind.DELETE,
        column ->
            column == time
                ? TimestampData.fromEpochMillis(record.timestamp())
                : PlaceholderRow.value(type.getTypeAt(column)));
  }

  private interface Other {
    Object get(int column);
  }

  private RowData row(RowKind kind, Other other) {
    GenericRowData row = new GenericRowData(kind, type.getFieldCount());
    for (int column = 0; column < keys.length; column++) {
      row.setField(
          column,
          keys[column] == null ? other.get(column) : keys[column].getFieldOrNull(parsed.row));
    }
    return row;
  }

  /** The key of one record. */
  private final class Parsed implements RowConsumer {
    private RowData row;
    private int count;
    private RecordProblem problem;

    void clear() {
      row = null;
      count = 0;
      problem = null;
    }

    @Override
    public void row(RowData found) {
      row = found;
      count++;
    }

    @Override
    public void invalid(int number, InvalidValueException invalid) {
      RecordProblem found =
          new RowValidator(key.type().getFieldNames(), List.of(), -1).problem(invalid);
      problem =
          new RecordProblem(
              found.code(),
              found.column(),
              "in the record's key, " + found.reason(),
              found.details());
    }
  }
}

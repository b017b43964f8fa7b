package dev.outflow.kafka.output;

import dev.outflow.format.ObjectFields;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.flink.api.common.serialization.SerializationSchema;
import org.apache.flink.metrics.Counter;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.utils.ProjectedRowData;

/**
 * Serializes rows as JSON objects that also have the fields of an object in one of their columns,
 * exactly as they are written there. A field with the name of another column is left out and
 * counted.
 *
 * <p>Not thread-safe.
 */
final class FlatteningSerializer implements SerializationSchema<RowData> {
  private static final long serialVersionUID = 1;
  private static final String CLASHES = "undeclared-field-clashes";

  private final SerializationSchema<RowData> others;
  private final int[] otherColumns;
  private final List<String> otherNames;
  private final int flattened;
  private transient ProjectedRowData projected;
  private transient ObjectFields fields;
  private transient Counter clashes;

  /**
   * Creates a serializer.
   *
   * @param others serializes the other columns as an object; throws {@link
   *     RowSerializationException} only
   * @param columns the names of all columns
   * @param flattened the position of the column with an object
   */
  FlatteningSerializer(SerializationSchema<RowData> others, List<String> columns, int flattened) {
    this.others = others;
    this.otherColumns = others(columns.size(), flattened);
    this.otherNames = IntStream.of(otherColumns).mapToObj(columns::get).toList();
    this.flattened = flattened;
  }

  /** Returns the positions of the other columns. */
  static int[] others(int count, int flattened) {
    return IntStream.range(0, count).filter(column -> column != flattened).toArray();
  }

  @Override
  public void open(InitializationContext context) throws Exception {
    others.open(context);
    projected = ProjectedRowData.from(otherColumns);
    fields = new ObjectFields(Set.copyOf(otherNames));
    clashes = context.getMetricGroup().counter(CLASHES);
  }

  /**
   * {@inheritDoc}
   *
   * @throws RowSerializationException if a column cannot be serialized, or if the text is not a
   *     JSON object
   */
  @Override
  public byte[] serialize(RowData row) {
    byte[] object = others.serialize(projected.replaceRow(row));
    if (row.isNullAt(flattened)) {
      return object;
    }
    byte[] more = fields(row.getString(flattened).toBytes());
    return more.length == 0 ? object : append(object, more);
  }

  private byte[] fields(byte[] text) {
    try {
      byte[] more = fields.of(text);
      clashes.inc(fields.clashes());
      return more;
    } catch (IOException e) {
      throw RowSerializationException.of(new UncheckedIOException(e));
    }
  }

  /** Appends fields to an object. */
  private static byte[] append(byte[] object, byte[] fields) {
    boolean isEmpty = object.length == "{}".length();
    byte[] all = new byte[object.length + fields.length + (isEmpty ? 0 : 1)];
    int at = object.length - 1;
    System.arraycopy(object, 0, all, 0, at);
    if (!isEmpty) {
      all[at++] = ',';
    }
    System.arraycopy(fields, 0, all, at, fields.length);
    all[all.length - 1] = '}';
    return all;
  }
}

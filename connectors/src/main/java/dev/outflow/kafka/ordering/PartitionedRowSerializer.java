package dev.outflow.kafka.ordering;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.table.data.RowData;

/**
 * As the serializer that it wraps, but that a copy is the row itself: whoever gets one does not
 * change it, and is done with it before the source makes the next.
 */
final class PartitionedRowSerializer extends TypeSerializer<Tuple2<Integer, RowData>> {
  private static final long serialVersionUID = 1L;

  private final TypeSerializer<Tuple2<Integer, RowData>> copying;

  PartitionedRowSerializer(TypeSerializer<Tuple2<Integer, RowData>> copying) {
    this.copying = copying;
  }

  @Override
  public Tuple2<Integer, RowData> copy(Tuple2<Integer, RowData> row) {
    return row;
  }

  @Override
  public Tuple2<Integer, RowData> copy(
      Tuple2<Integer, RowData> row, Tuple2<Integer, RowData> reuse) {
    return row;
  }

  @Override
  public boolean isImmutableType() {
    return false;
  }

  @Override
  public TypeSerializer<Tuple2<Integer, RowData>> duplicate() {
    return new PartitionedRowSerializer(copying.duplicate());
  }

  @Override
  public Tuple2<Integer, RowData> createInstance() {
    return copying.createInstance();
  }

  @Override
  public int getLength() {
    return copying.getLength();
  }

  @Override
  public void serialize(Tuple2<Integer, RowData> row, DataOutputView target) throws IOException {
    copying.serialize(row, target);
  }

  @Override
  public Tuple2<Integer, RowData> deserialize(DataInputView source) throws IOException {
    return copying.deserialize(source);
  }

  @Override
  public Tuple2<Integer, RowData> deserialize(Tuple2<Integer, RowData> reuse, DataInputView source)
      throws IOException {
    return copying.deserialize(reuse, source);
  }

  @Override
  public void copy(DataInputView source, DataOutputView target) throws IOException {
    copying.copy(source, target);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PartitionedRowSerializer that && copying.equals(that.copying);
  }

  @Override
  public int hashCode() {
    return copying.hashCode();
  }

  /** {@inheritDoc} There is no state of such rows. */
  @Override
  public TypeSerializerSnapshot<Tuple2<Integer, RowData>> snapshotConfiguration() {
    return copying.snapshotConfiguration();
  }
}

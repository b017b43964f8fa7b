package dev.outflow.javascript;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Serializes the rows of an aggregate for checkpoints and the network. */
public final class AggregatedRowsSerializer extends TypeSerializer<AggregatedRows> {
  private static final long serialVersionUID = 1L;

  @Override
  public boolean isImmutableType() {
    return false;
  }

  @Override
  public TypeSerializer<AggregatedRows> duplicate() {
    return this;
  }

  @Override
  public AggregatedRows createInstance() {
    return new AggregatedRows(List.of());
  }

  /** Shares the rows, which are never modified. */
  @Override
  public AggregatedRows copy(AggregatedRows from) {
    return new AggregatedRows(from.rows());
  }

  @Override
  public AggregatedRows copy(AggregatedRows from, AggregatedRows reuse) {
    return copy(from);
  }

  @Override
  public void copy(DataInputView source, DataOutputView target) throws IOException {
    serialize(deserialize(source), target);
  }

  @Override
  public int getLength() {
    return -1;
  }

  @Override
  public void serialize(AggregatedRows rows, DataOutputView target) throws IOException {
    target.writeInt(rows.rows().size());
    for (Object[] row : rows.rows()) {
      target.writeInt(row.length);
      for (Object value : row) {
        PlainValues.write(value, target);
      }
    }
  }

  @Override
  public AggregatedRows deserialize(DataInputView source) throws IOException {
    List<Object[]> rows = new ArrayList<>();
    for (int left = source.readInt(); left > 0; left--) {
      Object[] row = new Object[source.readInt()];
      for (int i = 0; i < row.length; i++) {
        row[i] = PlainValues.read(source);
      }
      rows.add(row);
    }
    return new AggregatedRows(rows);
  }

  @Override
  public AggregatedRows deserialize(AggregatedRows reuse, DataInputView source) throws IOException {
    return deserialize(source);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof AggregatedRowsSerializer;
  }

  @Override
  public int hashCode() {
    return AggregatedRowsSerializer.class.hashCode();
  }

  @Override
  public TypeSerializerSnapshot<AggregatedRows> snapshotConfiguration() {
    return new Snapshot();
  }

  /** The snapshot of a serializer without parameters. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<AggregatedRows> {
    /** Used by Flink. */
    public Snapshot() {
      super(AggregatedRowsSerializer::new);
    }
  }
}

package dev.outflow.kafka.ordering;

import org.apache.flink.api.common.serialization.SerializerConfig;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.table.data.RowData;

/**
 * A row with its partition, on the short way from the source to the {@link OrderingFunction}. Flink
 * copies what goes from one operator of a task to the next; here that is not needed.
 */
final class PartitionedRowType extends TypeInformation<Tuple2<Integer, RowData>> {
  private static final long serialVersionUID = 1L;

  private final TypeInformation<Tuple2<Integer, RowData>> copied;

  PartitionedRowType(TypeInformation<RowData> row) {
    this.copied = Types.TUPLE(Types.INT, row);
  }

  @Override
  public TypeSerializer<Tuple2<Integer, RowData>> createSerializer(SerializerConfig config) {
    return new PartitionedRowSerializer(copied.createSerializer(config));
  }

  @Override
  public boolean isBasicType() {
    return false;
  }

  @Override
  public boolean isTupleType() {
    return false;
  }

  @Override
  public boolean isKeyType() {
    return false;
  }

  @Override
  public int getArity() {
    return copied.getArity();
  }

  @Override
  public int getTotalFields() {
    return copied.getTotalFields();
  }

  @Override
  public Class<Tuple2<Integer, RowData>> getTypeClass() {
    return copied.getTypeClass();
  }

  @Override
  public String toString() {
    return "PartitionedRow" + copied;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PartitionedRowType that && copied.equals(that.copied);
  }

  @Override
  public int hashCode() {
    return copied.hashCode();
  }

  @Override
  public boolean canEqual(Object other) {
    return other instanceof PartitionedRowType;
  }
}

package dev.outflow.avro;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.apache.flink.table.types.logical.ArrayType;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.DecimalType;
import org.apache.flink.table.types.logical.DoubleType;
import org.apache.flink.table.types.logical.FloatType;
import org.apache.flink.table.types.logical.IntType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.MapType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.TimeType;
import org.apache.flink.table.types.logical.TimestampType;
import org.apache.flink.table.types.logical.VarBinaryType;
import org.apache.flink.table.types.logical.VarCharType;

/**
 * Creates the columns that an earlier or later version of a record may have: in another order, some
 * added, some removed, and some of another type.
 */
record EvolvedTypes(Random random) {
  private static final List<LogicalType> OTHERS =
      List.of(
          new IntType(),
          new BigIntType(),
          new FloatType(),
          new DoubleType(),
          new DecimalType(12, 4),
          new TimestampType(6),
          new TimeType(3),
          VarCharType.STRING_TYPE,
          new VarBinaryType(VarBinaryType.MAX_LENGTH));

  RowType row(RowType type) {
    List<RowType.RowField> fields = new ArrayList<>();
    for (RowType.RowField field : type.getFields()) {
      if (random.nextInt(8) > 0) {
        fields.add(new RowType.RowField(field.getName(), type(field.getType())));
      }
    }
    if (fields.isEmpty() || random.nextInt(3) == 0) {
      fields.add(new RowType.RowField("g", type(type.getTypeAt(0))));
    }
    if (random.nextBoolean()) {
      Collections.shuffle(fields, random);
    }
    return new RowType(type.isNullable(), fields);
  }

  private LogicalType type(LogicalType type) {
    LogicalType evolved =
        switch (type.getTypeRoot()) {
          case ROW -> row((RowType) type);
          case ARRAY -> new ArrayType(type(((ArrayType) type).getElementType()));
          case MAP -> new MapType(VarCharType.STRING_TYPE, type(((MapType) type).getValueType()));
          default -> random.nextInt(3) == 0 ? OTHERS.get(random.nextInt(OTHERS.size())) : type;
        };
    return evolved.copy(random.nextInt(6) == 0 ? random.nextBoolean() : type.isNullable());
  }
}

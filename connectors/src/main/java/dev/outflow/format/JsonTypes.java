package dev.outflow.json;

import java.math.BigDecimal;
import java.time.Duration;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.types.logical.ArrayType;
import org.apache.flink.table.types.logical.IntType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeFamily;
import org.apache.flink.table.types.logical.MapType;
import org.apache.flink.table.types.logical.MultisetType;
import org.apache.flink.table.types.logical.RowType;

/** The types that Flink's {@code json} writes, and what writes their values. */
record JsonTypes(JsonOptions options) {
  private static final long NANOS_PER_MILLI = Duration.ofMillis(1).toNanos();

  /** Whether all of {@code type} can be written as Flink does. */
  static boolean known(LogicalType type) {
    return switch (type.getTypeRoot()) {
      case BOOLEAN,
          TINYINT,
          SMALLINT,
          INTEGER,
          INTERVAL_YEAR_MONTH,
          BIGINT,
          INTERVAL_DAY_TIME,
          FLOAT,
          DOUBLE,
          CHAR,
          VARCHAR,
          BINARY,
          VARBINARY,
          DATE,
          TIME_WITHOUT_TIME_ZONE,
          TIMESTAMP_WITHOUT_TIME_ZONE,
          TIMESTAMP_WITH_LOCAL_TIME_ZONE,
          DECIMAL ->
          true;
      case ARRAY -> known(((ArrayType) type).getElementType());
      case MAP -> isText(((MapType) type).getKeyType()) && known(((MapType) type).getValueType());
      case MULTISET -> isText(((MultisetType) type).getElementType());
      case ROW -> RowWriter.knows((RowType) type);
      default -> false;
    };
  }

  private static boolean isText(LogicalType type) {
    return type.is(LogicalTypeFamily.CHARACTER_STRING);
  }

  /** For the values of a type that is {@link #known}; not for several threads. */
  ValueWriter writer(LogicalType type) {
    return switch (type.getTypeRoot()) {
      case BOOLEAN -> (out, value) -> out.writeBoolean((boolean) value);
      case TINYINT -> (out, value) -> out.writeNumber((byte) value);
      case SMALLINT -> (out, value) -> out.writeNumber((short) value);
      case INTEGER, INTERVAL_YEAR_MONTH -> (out, value) -> out.writeNumber((int) value);
      case BIGINT, INTERVAL_DAY_TIME -> (out, value) -> out.writeNumber((long) value);
      case FLOAT -> (out, value) -> out.writeNumber((float) value);
      case DOUBLE -> new DoubleWriter();
      case CHAR, VARCHAR -> new TextWriter();
      case BINARY, VARBINARY -> (out, value) -> out.writeBinary((byte[]) value);
      case DECIMAL -> (out, value) -> out.writeNumber(decimal(((DecimalData) value)));
      case ARRAY -> array(((ArrayType) type).getElementType());
      case MAP -> map(((MapType) type).getValueType());
      case MULTISET -> map(new IntType());
      case ROW -> new RowWriter((RowType) type, this);
      default -> time(type);
    };
  }

  private ValueWriter time(LogicalType type) {
    TimeText text = new TimeText();
    return switch (type.getTypeRoot()) {
      case DATE -> (out, value) -> text.begin().date((int) value).end(out);
      case TIME_WITHOUT_TIME_ZONE ->
          (out, value) -> text.begin().time((int) value * NANOS_PER_MILLI).end(out);
      case TIMESTAMP_WITHOUT_TIME_ZONE -> new TimestampWriter(text, options.separator(), false);
      case TIMESTAMP_WITH_LOCAL_TIME_ZONE -> new TimestampWriter(text, options.separator(), true);
      default -> throw new IllegalArgumentException("no type of JSON: " + type);
    };
  }

  private BigDecimal decimal(DecimalData value) {
    BigDecimal decimal = value.toBigDecimal();
    return options.plainDecimals() ? decimal : decimal.stripTrailingZeros();
  }

  private ValueWriter array(LogicalType element) {
    return new ArrayWriter(new ElementWriter(element, this));
  }

  private ValueWriter map(LogicalType value) {
    return new MapWriter(options, new ElementWriter(value, this));
  }
}

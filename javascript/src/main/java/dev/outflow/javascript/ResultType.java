package dev.outflow.javascript;

import java.io.Serializable;
import java.lang.reflect.Array;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.logical.DecimalType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeRoot;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.VarCharType;
import org.apache.flink.types.Row;

/**
 * The SQL type that a function is declared to return. A result of another kind is an error, never
 * another value.
 *
 * @param type the type, with Flink's default classes
 */
record ResultType(DataType type) implements Serializable {
  private static final Set<LogicalTypeRoot> SUPPORTED =
      Set.of(
          LogicalTypeRoot.VARCHAR,
          LogicalTypeRoot.BOOLEAN,
          LogicalTypeRoot.TINYINT,
          LogicalTypeRoot.SMALLINT,
          LogicalTypeRoot.INTEGER,
          LogicalTypeRoot.BIGINT,
          LogicalTypeRoot.FLOAT,
          LogicalTypeRoot.DOUBLE,
          LogicalTypeRoot.DECIMAL,
          LogicalTypeRoot.TIMESTAMP_WITHOUT_TIME_ZONE,
          LogicalTypeRoot.TIMESTAMP_WITH_LOCAL_TIME_ZONE,
          LogicalTypeRoot.ARRAY,
          LogicalTypeRoot.ROW,
          LogicalTypeRoot.MAP);

  /** Returns the part of a type that JavaScript cannot return, if there is one. */
  static Optional<LogicalType> unsupported(LogicalType type) {
    if (!SUPPORTED.contains(type.getTypeRoot())) {
      return Optional.of(type);
    }
    return type.getChildren().stream().flatMap(child -> unsupported(child).stream()).findFirst();
  }

  /**
   * Converts a plain value.
   *
   * @throws IllegalArgumentException if it is not of this type
   */
  Object convert(Object plain) {
    return convert(plain, type);
  }

  private static Object convert(Object plain, DataType to) {
    LogicalType type = to.getLogicalType();
    if (plain == null) {
      if (!type.isNullable()) {
        throw mismatch("null", type);
      }
      return null;
    }
    return switch (type.getTypeRoot()) {
      case VARCHAR -> text(plain, (VarCharType) type);
      case BOOLEAN -> plain instanceof Boolean ? plain : mismatched(plain, type);
      case TINYINT -> (byte) whole(plain, Byte.MIN_VALUE, Byte.MAX_VALUE, type);
      case SMALLINT -> (short) whole(plain, Short.MIN_VALUE, Short.MAX_VALUE, type);
      case INTEGER -> (int) whole(plain, Integer.MIN_VALUE, Integer.MAX_VALUE, type);
      case BIGINT -> whole(plain, Long.MIN_VALUE, Long.MAX_VALUE, type);
      case FLOAT -> number(plain, type).floatValue();
      case DOUBLE -> number(plain, type).doubleValue();
      case DECIMAL -> exact(plain, (DecimalType) type);
      case TIMESTAMP_WITH_LOCAL_TIME_ZONE -> time(plain, type);
      case TIMESTAMP_WITHOUT_TIME_ZONE ->
          LocalDateTime.ofInstant(time(plain, type), ZoneOffset.UTC);
      case ARRAY -> array(plain, to);
      case ROW -> row(plain, to);
      case MAP -> map(plain, to);
      default -> throw new IllegalStateException("unsupported type " + type);
    };
  }

  private static String text(Object plain, VarCharType type) {
    if (!(plain instanceof String text)) {
      throw mismatch(kind(plain), type);
    }
    if (text.codePointCount(0, text.length()) > type.getLength()) {
      throw mismatch("a longer string", type);
    }
    return text;
  }

  /** ASA converts a Boolean to 0 or 1. */
  private static long whole(Object plain, long smallest, long largest, LogicalType type) {
    if (plain instanceof Boolean bit) {
      return bit ? 1 : 0;
    }
    if (plain instanceof Double value && !Double.isFinite(value)) {
      throw mismatch(value.toString(), type);
    }
    try {
      BigInteger value = SqlValues.decimal(number(plain, type)).toBigIntegerExact();
      if (value.compareTo(BigInteger.valueOf(smallest)) < 0
          || value.compareTo(BigInteger.valueOf(largest)) > 0) {
        throw mismatch("a number out of range", type);
      }
      return value.longValueExact();
    } catch (ArithmeticException e) {
      throw mismatch("a number with a fraction", type);
    }
  }

  private static BigDecimal exact(Object plain, DecimalType type) {
    if (plain instanceof Double value && !Double.isFinite(value)) {
      throw mismatch(value.toString(), type);
    }
    BigDecimal value =
        SqlValues.decimal(number(plain, type)).setScale(type.getScale(), RoundingMode.HALF_UP);
    if (value.precision() > type.getPrecision()) {
      throw mismatch("a number out of range", type);
    }
    return value;
  }

  private static Number number(Object plain, LogicalType type) {
    if (!(plain instanceof Number number)) {
      throw mismatch(kind(plain), type);
    }
    return number;
  }

  private static Instant time(Object plain, LogicalType type) {
    if (!(plain instanceof Instant time)) {
      throw mismatch(kind(plain), type);
    }
    return time;
  }

  private static Object array(Object plain, DataType to) {
    if (!(plain instanceof List<?> list)) {
      throw mismatch(kind(plain), to.getLogicalType());
    }
    DataType element = to.getChildren().get(0);
    Object array = Array.newInstance(element.getConversionClass(), list.size());
    for (int i = 0; i < list.size(); i++) {
      Array.set(array, i, convert(list.get(i), element));
    }
    return array;
  }

  private static Row row(Object plain, DataType to) {
    if (!(plain instanceof Map<?, ?> object)) {
      throw mismatch(kind(plain), to.getLogicalType());
    }
    List<String> names = ((RowType) to.getLogicalType()).getFieldNames();
    Row row = new Row(names.size());
    for (int i = 0; i < names.size(); i++) {
      row.setField(i, convert(object.get(names.get(i)), to.getChildren().get(i)));
    }
    return row;
  }

  private static Map<Object, Object> map(Object plain, DataType to) {
    if (!(plain instanceof Map<?, ?> object)) {
      throw mismatch(kind(plain), to.getLogicalType());
    }
    Map<Object, Object> map = new HashMap<>();
    object.forEach(
        (key, value) ->
            map.put(
                convert(key, to.getChildren().get(0)), convert(value, to.getChildren().get(1))));
    return map;
  }

  private static Object mismatched(Object plain, LogicalType type) {
    throw mismatch(kind(plain), type);
  }

  /** Names no value, which can be confidential. */
  private static String kind(Object plain) {
    if (plain instanceof String) {
      return "a string";
    }
    if (plain instanceof Boolean) {
      return "a boolean";
    }
    if (plain instanceof Number) {
      return "a number";
    }
    if (plain instanceof Instant) {
      return "a Date";
    }
    return plain instanceof List ? "an array" : "an object";
  }

  private static IllegalArgumentException mismatch(String kind, LogicalType type) {
    return new IllegalArgumentException(
        "returned %s, but 'returns' is %s".formatted(kind, type.asSummaryString()));
  }
}

package dev.outflow.sampling.column;

import static java.util.stream.Collectors.joining;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.types.DataType;

/** The type of a column in Flink SQL. */
public sealed interface ColumnType {
  /** Returns the type as Flink SQL writes it. */
  String sql();

  /** Returns the type as Flink's Table API has it; nullable at every depth. */
  DataType dataType();

  /** A type without parts. */
  enum Scalar implements ColumnType {
    BIGINT("BIGINT", DataTypes.BIGINT()),
    INT("INT", DataTypes.INT()),
    DOUBLE("DOUBLE", DataTypes.DOUBLE()),
    STRING("STRING", DataTypes.STRING()),
    BOOLEAN("BOOLEAN", DataTypes.BOOLEAN()),
    DATE("DATE", DataTypes.DATE()),
    TIME("TIMESTAMP_LTZ(3)", DataTypes.TIMESTAMP_LTZ(3)),
    TIME_MICROS("TIMESTAMP_LTZ(6)", DataTypes.TIMESTAMP_LTZ(6)),
    TIME_NANOS("TIMESTAMP_LTZ(9)", DataTypes.TIMESTAMP_LTZ(9));

    private final String sql;

    @SuppressWarnings("ImmutableEnumChecker") // Immutable, but Flink does not declare it so.
    private final DataType type;

    Scalar(String sql, DataType type) {
      this.sql = sql;
      this.type = type;
    }

    @Override
    public String sql() {
      return sql;
    }

    @Override
    public DataType dataType() {
      return type;
    }
  }

  /** A decimal number. */
  record Decimal(int precision, int scale) implements ColumnType {
    static final int MAX_PRECISION = 38;

    @Override
    public String sql() {
      return "DECIMAL(%d, %d)".formatted(precision, scale);
    }

    @Override
    public DataType dataType() {
      return DataTypes.DECIMAL(precision, scale);
    }
  }

  /** A record with fields, by their spelling. */
  record Row(Map<String, ColumnType> fields) implements ColumnType {
    public Row {
      fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }

    @Override
    public String sql() {
      return fields.entrySet().stream()
          .map(field -> "`" + field.getKey().replace("`", "``") + "` " + field.getValue().sql())
          .collect(joining(", ", "ROW<", ">"));
    }

    @Override
    public DataType dataType() {
      return DataTypes.ROW(
          fields.entrySet().stream()
              .map(field -> DataTypes.FIELD(field.getKey(), field.getValue().dataType()))
              .toList());
    }
  }

  /** An array. */
  record Array(ColumnType element) implements ColumnType {
    @Override
    public String sql() {
      return "ARRAY<" + element.sql() + ">";
    }

    @Override
    public DataType dataType() {
      return DataTypes.ARRAY(element.dataType());
    }
  }

  /** Values by names that differ from record to record. */
  record Dictionary(ColumnType value) implements ColumnType {
    @Override
    public String sql() {
      return "MAP<STRING, " + value.sql() + ">";
    }

    @Override
    public DataType dataType() {
      return DataTypes.MAP(DataTypes.STRING(), value.dataType());
    }
  }

  /** A type that a schema declares and that is not inferred from values. */
  record Declared(DataType dataType) implements ColumnType {
    @Override
    public String sql() {
      return dataType.getLogicalType().copy(true).asSerializableString();
    }
  }

  /** Returns whether the type is a number. */
  default boolean isNumber() {
    return this == Scalar.BIGINT
        || this == Scalar.INT
        || this == Scalar.DOUBLE
        || this instanceof Decimal;
  }

  /** Returns whether the type is a point in time. */
  default boolean isTime() {
    return this == Scalar.TIME || this == Scalar.TIME_MICROS || this == Scalar.TIME_NANOS;
  }
}

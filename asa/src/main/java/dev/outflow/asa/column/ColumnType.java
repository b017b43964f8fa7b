package dev.outflow.asa.column;

import static java.util.stream.Collectors.joining;

import dev.outflow.asa.query.DataType;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The type of a column in Flink SQL. */
public sealed interface ColumnType {
  /** Returns the type as Flink SQL writes it. */
  String sql();

  /** A type without parts. */
  enum Scalar implements ColumnType {
    BIGINT("BIGINT"),
    INT("INT"),
    DOUBLE("DOUBLE"),
    STRING("STRING"),
    BOOLEAN("BOOLEAN"),
    TIME("TIMESTAMP_LTZ(3)");

    private final String sql;

    Scalar(String sql) {
      this.sql = sql;
    }

    @Override
    public String sql() {
      return sql;
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
  }

  /** An array. */
  record Array(ColumnType element) implements ColumnType {
    @Override
    public String sql() {
      return "ARRAY<" + element.sql() + ">";
    }
  }

  /** Returns whether the type is a number. */
  default boolean isNumber() {
    return this == Scalar.BIGINT || this == Scalar.INT || this == Scalar.DOUBLE;
  }

  /** Returns the type for one of ASA; empty for records, arrays and unknown names. */
  static Optional<ColumnType> of(DataType type) {
    return Optional.ofNullable(
        switch (type.name()) {
          case "bigint" -> Scalar.BIGINT;
          case "float" -> Scalar.DOUBLE;
          case "nvarchar" -> Scalar.STRING;
          case "datetime" -> Scalar.TIME;
          case "bit" -> Scalar.BOOLEAN;
          default -> null;
        });
  }
}

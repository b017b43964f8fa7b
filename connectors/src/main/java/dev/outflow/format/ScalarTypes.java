package dev.outflow.format;

import org.apache.flink.table.types.logical.LogicalType;

/** The types, other than text, of values without parts that Outflow reads and writes itself. */
public final class ScalarTypes {
  private ScalarTypes() {}

  /** Returns a type as messages name it, without {@code NOT NULL}. */
  public static String name(LogicalType type) {
    return type.copy(true).asSummaryString();
  }

  /** Returns whether values of this type can be read and written. */
  public static boolean contains(LogicalType type) {
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
          DECIMAL,
          BINARY,
          VARBINARY,
          DATE,
          TIME_WITHOUT_TIME_ZONE,
          TIMESTAMP_WITHOUT_TIME_ZONE,
          TIMESTAMP_WITH_LOCAL_TIME_ZONE ->
          true;
      default -> false;
    };
  }
}

package dev.outflow.kafka.output;

import java.util.Arrays;
import java.util.List;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.logical.LogicalType;

/** The columns of {@code 'connector' = 'kafka-dead-letters'}, in order. */
public enum DeadLetterColumn {
  CODE("error-code", DataTypes.STRING()),
  COLUMN("error-column", DataTypes.STRING()),
  MESSAGE("error-message", DataTypes.STRING()),
  TOPIC("error-topic", DataTypes.STRING()),
  PARTITION("error-partition", DataTypes.INT()),
  OFFSET("error-offset", DataTypes.BIGINT()),
  TIMESTAMP("error-timestamp", DataTypes.TIMESTAMP_LTZ(3)),
  KEY("error-key", DataTypes.BYTES()),
  VALUE("error-value", DataTypes.BYTES());

  private final String metadata;

  @SuppressWarnings("ImmutableEnumChecker") // Flink does not annotate it.
  private final DataType type;

  DeadLetterColumn(String metadata, DataType type) {
    this.metadata = metadata;
    this.type = type;
  }

  /** Returns the metadata column of {@code 'connector' = 'kafka-input'} that provides its value. */
  public String metadata() {
    return metadata;
  }

  /** Returns its index in a row. */
  @SuppressWarnings("EnumOrdinal") // Constants are in the order of the columns.
  int index() {
    return ordinal();
  }

  /** Returns its SQL type. */
  public String type() {
    return type.getLogicalType().asSummaryString();
  }

  /** Returns the types of all columns. */
  static List<LogicalType> types() {
    return Arrays.stream(values()).map(column -> column.type.getLogicalType()).toList();
  }
}

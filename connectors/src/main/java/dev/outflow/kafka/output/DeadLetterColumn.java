package dev.outflow.kafka.output;

import dev.outflow.option.InvalidOptionsException;
import java.util.List;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.factories.FactoryUtil;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.logical.LogicalType;

/** A column of {@code 'connector' = 'kafka-dead-letters'}; they stand in this order. */
public enum DeadLetterColumn {
  CODE("error-code", DataTypes.STRING()),
  COLUMN("error-column", DataTypes.STRING()),
  MESSAGE("error-message", DataTypes.STRING()),
  TOPIC("topic", DataTypes.STRING()),
  PARTITION("partition", DataTypes.INT()),
  OFFSET("offset", DataTypes.BIGINT()),
  TIMESTAMP("timestamp", DataTypes.TIMESTAMP_LTZ(3)),
  KEY("error-key", DataTypes.BYTES()),
  VALUE("error-value", DataTypes.BYTES());

  private final String metadata;

  @SuppressWarnings("ImmutableEnumChecker") // It is; Flink does not say so.
  private final DataType type;

  DeadLetterColumn(String metadata, DataType type) {
    this.metadata = metadata;
    this.type = type;
  }

  /** Which metadata of {@code 'connector' = 'kafka-input'} it is filled with. */
  public String metadata() {
    return metadata;
  }

  /** Where in a row it stands. */
  @SuppressWarnings("EnumOrdinal") // The order here is that of the columns.
  int place() {
    return ordinal();
  }

  /** Its type as SQL has it. */
  public String type() {
    return type.getLogicalType().asSummaryString();
  }

  /** Refuses a table whose columns are others; their names do not matter. */
  static void check(DataType row) {
    List<LogicalType> types =
        row.getLogicalType().getChildren().stream().map(column -> column.copy(true)).toList();
    List<LogicalType> expected =
        List.of(values()).stream().map(column -> column.type.getLogicalType()).toList();
    if (!types.equals(expected)) {
      throw InvalidOptionsException.of(
          FactoryUtil.CONNECTOR.key(),
          "'%s' needs columns of the types %s; './outflow ddl' prints them"
              .formatted(DeadLetterTableFactory.IDENTIFIER, expected));
    }
  }
}

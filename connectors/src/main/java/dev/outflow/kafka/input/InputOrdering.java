package dev.outflow.kafka.input;

import static dev.outflow.kafka.input.InputMetadata.ERROR_CODE;
import static dev.outflow.kafka.input.InputMetadata.ORIGINAL_EVENT_TIME;

import dev.outflow.kafka.ordering.EventTimeOptions;
import dev.outflow.kafka.ordering.OrderingOperator;
import dev.outflow.kafka.ordering.RowLayout;
import dev.outflow.option.InvalidOptionsException;
import java.util.List;
import java.util.Optional;
import org.apache.flink.table.catalog.Column;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.logical.LocalZonedTimestampType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.TimestampType;

/**
 * Decides whether an input's records are ordered by event time.
 *
 * @param metadataKeys the metadata of the record, a row's last columns
 * @param produced the rows' type
 */
record InputOrdering(InputTable table, List<String> metadataKeys, DataType produced) {

  /**
   * Returns the operator that orders the records; empty if they are not ordered.
   *
   * @param ordered whether the table's watermark is {@code SOURCE_WATERMARK()}
   * @throws InvalidOptionsException if that conflicts with the table's options or columns
   */
  Optional<OrderingOperator> resolve(boolean ordered) {
    if (ordered) {
      return Optional.of(
          new OrderingOperator(
              table.name(), table.input().topics(), table.input().eventTime(), layout()));
    }
    if (table.input().eventTime().hasOrderingOptions()) {
      throw InvalidOptionsException.of(
          EventTimeOptions.POLICY.key(),
          "'event-time.late', 'event-time.out-of-order' and 'event-time.policy' have no effect without WATERMARK FOR a column AS SOURCE_WATERMARK(); declare it, or remove them");
    }
    if (metadataKeys.contains(ORIGINAL_EVENT_TIME.toString())) {
      throw InvalidOptionsException.of(
          "columns",
          "'%s' is only available if event ordering is configured, by 'late' or 'policy' of 'event-time'"
              .formatted(ORIGINAL_EVENT_TIME));
    }
    return Optional.empty();
  }

  private RowLayout layout() {
    RowType type = (RowType) produced.getLogicalType();
    int time = timePosition();
    return RowLayout.of(
        type,
        time,
        precision(type.getTypeAt(time)),
        position(ERROR_CODE.toString()),
        position(ORIGINAL_EVENT_TIME.toString()));
  }

  /** Returns the position of the event time in a row; -1 if the table has none. */
  int timePosition() {
    return table.timeColumn().map(this::position).orElse(-1);
  }

  private int position(Column time) {
    int position = -1;
    if (time instanceof Column.MetadataColumn metadata) {
      position = position(metadata.getMetadataKey().orElse(time.getName()));
    } else if (time.isPhysical()) {
      position = ((RowType) table.columns().getLogicalType()).getFieldIndex(time.getName());
    }
    if (position < 0) {
      throw InvalidOptionsException.of(
          "event-time.column",
          "'%s' is a computed column; SOURCE_WATERMARK() can only adjust columns read from the record"
              .formatted(time.getName()));
    }
    return position;
  }

  private int position(String metadata) {
    int index = metadataKeys.indexOf(metadata);
    int before = ((RowType) produced.getLogicalType()).getFieldCount() - metadataKeys.size();
    return index < 0 ? -1 : before + index;
  }

  private static int precision(LogicalType time) {
    return time instanceof LocalZonedTimestampType zoned
        ? zoned.getPrecision()
        : ((TimestampType) time).getPrecision();
  }
}

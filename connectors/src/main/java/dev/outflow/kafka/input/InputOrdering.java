package dev.outflow.kafka.input;

import static dev.outflow.kafka.input.InputMetadata.ERROR_CODE;
import static dev.outflow.kafka.input.InputMetadata.ORIGINAL_EVENT_TIME;

import dev.outflow.kafka.ordering.EventTimeOptions;
import dev.outflow.kafka.ordering.OrderedInput;
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
 * Whether and how the records of an input are ordered by their time.
 *
 * @param ofRecord the metadata columns, which are the last of a row
 * @param produced the type of rows
 */
record InputOrdering(InputTable table, List<String> ofRecord, DataType produced) {

  /**
   * Empty if its records are not ordered.
   *
   * @param ordered whether the table's watermark is {@code SOURCE_WATERMARK()}
   * @throws InvalidOptionsException if that does not fit the options or columns
   */
  Optional<OrderedInput> check(boolean ordered) {
    if (ordered) {
      return Optional.of(new OrderedInput(table.name(), table.input().eventTime(), rows()));
    }
    if (table.input().eventTime().written() != null) {
      throw InvalidOptionsException.of(
          EventTimeOptions.POLICY.key(),
          "orders the records of a table with WATERMARK FOR its time AS SOURCE_WATERMARK() only; write that, or remove 'event-time.late', 'event-time.out-of-order' and 'event-time.policy'");
    }
    if (ofRecord.contains(ORIGINAL_EVENT_TIME.toString())) {
      throw InvalidOptionsException.of(
          "columns",
          "'%s' is there only where event time is adjusted, by 'late' or 'policy' of 'event-time'"
              .formatted(ORIGINAL_EVENT_TIME));
    }
    return Optional.empty();
  }

  private RowLayout rows() {
    RowType type = (RowType) produced.getLogicalType();
    int time = place(table.timeColumn().orElseThrow());
    return RowLayout.of(
        type,
        time,
        precision(type.getTypeAt(time)),
        place(ERROR_CODE.toString()),
        place(ORIGINAL_EVENT_TIME.toString()));
  }

  /** Where in a row the event time is. */
  private int place(Column time) {
    int place = -1;
    if (time instanceof Column.MetadataColumn metadata) {
      place = place(metadata.getMetadataKey().orElse(time.getName()));
    } else if (time.isPhysical()) {
      place = ((RowType) table.columns().getLogicalType()).getFieldIndex(time.getName());
    }
    if (place < 0) {
      throw InvalidOptionsException.of(
          "event-time.column",
          "'%s' is computed, and SOURCE_WATERMARK() can only adjust what is read"
              .formatted(time.getName()));
    }
    return place;
  }

  private int place(String metadata) {
    int place = ofRecord.indexOf(metadata);
    int before = ((RowType) produced.getLogicalType()).getFieldCount() - ofRecord.size();
    return place < 0 ? -1 : before + place;
  }

  private static int precision(LogicalType time) {
    return time instanceof LocalZonedTimestampType zoned
        ? zoned.getPrecision()
        : ((TimestampType) time).getPrecision();
  }
}

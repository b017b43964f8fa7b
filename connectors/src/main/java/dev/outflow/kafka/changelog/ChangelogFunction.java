package dev.outflow.kafka.changelog;

import java.util.List;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.types.RowKind;
import org.apache.flink.util.Collector;

/**
 * Completes updates and deletions by the row that they replace. A deletion consists of an update of
 * the event time, and the deletion of that row: an event-time join would otherwise consider the row
 * as deleted since its own time.
 *
 * <p>Its state is the current row of each key, without an expiration.
 */
final class ChangelogFunction extends KeyedProcessFunction<String, RowData, RowData> {
  private static final long serialVersionUID = 1;
  private static final String STATE = "current-row";

  private final TypeInformation<RowData> type;
  private final List<RowData.FieldGetter> columns;
  private final int time;
  private transient ValueState<RowData> current;

  /**
   * Creates a function.
   *
   * @param columns read the columns of a row
   * @param time the position of the event time; -1 if there is none
   */
  ChangelogFunction(TypeInformation<RowData> type, List<RowData.FieldGetter> columns, int time) {
    this.type = type;
    this.columns = List.copyOf(columns);
    this.time = time;
  }

  @Override
  public void open(OpenContext context) {
    current = getRuntimeContext().getState(new ValueStateDescriptor<>(STATE, type));
  }

  @Override
  public void processElement(RowData row, Context context, Collector<RowData> out)
      throws Exception {
    RowData previous = current.value();
    if (row.getRowKind() == RowKind.DELETE) {
      if (previous != null) {
        delete(previous, row, out);
        current.clear();
      }
      return;
    }
    if (previous == null) {
      out.collect(copy(RowKind.INSERT, row));
    } else {
      out.collect(copy(RowKind.UPDATE_BEFORE, previous));
      out.collect(copy(RowKind.UPDATE_AFTER, row));
    }
    current.update(copy(RowKind.INSERT, row));
  }

  private void delete(RowData previous, RowData deletion, Collector<RowData> out) {
    if (time < 0) {
      out.collect(copy(RowKind.DELETE, previous));
      return;
    }
    Object deleted = columns.get(time).getFieldOrNull(deletion);
    out.collect(copy(RowKind.UPDATE_BEFORE, previous));
    out.collect(withTime(deleted, RowKind.UPDATE_AFTER, previous));
    out.collect(withTime(deleted, RowKind.DELETE, previous));
  }

  private RowData withTime(Object deleted, RowKind kind, RowData row) {
    GenericRowData copy = copy(kind, row);
    copy.setField(time, deleted);
    return copy;
  }

  /** Copies, because operators that follow can change the kind of a row. */
  private GenericRowData copy(RowKind kind, RowData row) {
    GenericRowData copy = new GenericRowData(kind, columns.size());
    for (int column = 0; column < columns.size(); column++) {
      copy.setField(column, columns.get(column).getFieldOrNull(row));
    }
    return copy;
  }
}

package dev.outflow.testing.cases;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.flink.types.Row;
import org.apache.flink.types.RowKind;

/**
 * What an output with {@code mode: upsert} writes to its topic.
 *
 * @param columns the columns of its rows
 * @param key those that identify a row
 */
record UpsertTopic(List<String> columns, List<String> key) {

  /** Returns the first column of the key that is null in one of the rows. */
  Optional<String> missing(List<Row> changes) {
    return changes.stream()
        .filter(row -> !isRetraction(row))
        .flatMap(row -> key.stream().filter(column -> row.getField(at(column)) == null))
        .findFirst();
  }

  /** Returns a row for each record; one that deletes a row has its key only. */
  List<Row> records(List<Row> changes) {
    return changes.stream().filter(this::hasKey).map(this::record).toList();
  }

  /** Returns the last row of each key, as a reader of the topic has them in the end. */
  List<Row> table(List<Row> changes) {
    Map<List<Object>, Row> rows = new LinkedHashMap<>();
    for (Row record : records(changes)) {
      List<Object> identity = key.stream().map(column -> record.getField(at(column))).toList();
      if (isRetraction(record)) {
        rows.remove(identity);
      } else {
        rows.put(identity, record);
      }
    }
    return new ArrayList<>(rows.values());
  }

  private Row record(Row change) {
    boolean retraction = isRetraction(change);
    Object[] values =
        IntStream.range(0, columns.size())
            .mapToObj(
                at -> retraction && !key.contains(columns.get(at)) ? null : change.getField(at))
            .toArray();
    return Row.ofKind(retraction ? RowKind.DELETE : RowKind.INSERT, values);
  }

  private boolean hasKey(Row row) {
    return key.stream().allMatch(column -> row.getField(at(column)) != null);
  }

  private int at(String column) {
    return columns.indexOf(column);
  }

  private static boolean isRetraction(Row row) {
    return row.getKind() == RowKind.DELETE || row.getKind() == RowKind.UPDATE_BEFORE;
  }
}

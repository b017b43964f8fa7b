package dev.outflow.lookup;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.table.data.RowData;

/** The rows of one version of a reference file, by the columns that a join compares. */
final class ReferenceIndex {
  private final ReferenceKey key;
  private final Map<List<Object>, List<RowData>> rows = new HashMap<>();

  ReferenceIndex(ReferenceKey key, List<RowData> all) {
    this.key = key;
    for (RowData row : all) {
      rows.computeIfAbsent(key.ofRow(row), values -> new ArrayList<>(1)).add(row);
    }
  }

  /** Returns the rows that a join finds. In SQL, null equals nothing. */
  Collection<RowData> find(RowData keyRow) {
    List<Object> values = key.ofKey(keyRow);
    return values.contains(null) ? List.of() : rows.getOrDefault(values, List.of());
  }
}

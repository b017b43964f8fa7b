package dev.outflow.javascript;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The state of an aggregate: the arguments of each row, as plain values. The object of the script
 * is derived from them, so that it can be merged and restored whatever it holds.
 */
public final class AggregatedRows {
  private final List<Object[]> rows;
  private ScriptAggregate aggregate;
  private int accumulated;

  AggregatedRows(List<Object[]> rows) {
    this.rows = new ArrayList<>(rows);
  }

  List<Object[]> rows() {
    return rows;
  }

  void add(Object[] row) {
    rows.add(row);
  }

  void addAll(AggregatedRows other) {
    rows.addAll(other.rows);
  }

  /** Removes the oldest row that is equal to the given one. */
  void remove(Object[] row) {
    for (int i = 0; i < rows.size(); i++) {
      if (Arrays.deepEquals(rows.get(i), row)) {
        rows.remove(i);
        if (i < accumulated) {
          deaccumulate(row);
        }
        return;
      }
    }
  }

  private void deaccumulate(Object[] row) {
    if (aggregate.isRetractable()) {
      aggregate.deaccumulate(row);
      accumulated--;
    } else {
      aggregate = null;
      accumulated = 0;
    }
  }

  /** Computes the result of all rows; only those since the last result are accumulated. */
  Object result(LoadedScript script) {
    if (aggregate == null || aggregate.script() != script) {
      aggregate = script.newAggregate();
      aggregate.init();
      accumulated = 0;
    }
    for (; accumulated < rows.size(); accumulated++) {
      aggregate.accumulate(rows.get(accumulated));
    }
    return aggregate.computeResult();
  }
}

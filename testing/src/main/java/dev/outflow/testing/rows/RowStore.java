package dev.outflow.testing.rows;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.flink.types.Row;

/**
 * Exchanges rows between a test and a job in the same JVM, by an id that fits into the options of a
 * table.
 */
public final class RowStore {
  private static final Map<String, List<Row>> ROWS = new ConcurrentHashMap<>();

  private RowStore() {}

  /** Stores rows for a job to read, and returns their id. */
  public static String put(List<Row> rows) {
    String id = UUID.randomUUID().toString();
    ROWS.put(id, new CopyOnWriteArrayList<>(rows));
    return id;
  }

  /** Returns the id that a job can add rows to. */
  public static String open() {
    return put(List.of());
  }

  static void add(String id, Row row) {
    rows(id).add(row);
  }

  static List<Row> rows(String id) {
    return ROWS.getOrDefault(id, List.of());
  }

  /** Removes and returns the rows, in the order in which they were added. */
  public static List<Row> take(String id) {
    List<Row> rows = ROWS.remove(id);
    return rows == null ? List.of() : List.copyOf(rows);
  }
}

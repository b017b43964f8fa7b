package dev.outflow.testing.rows;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.flink.types.Row;

/**
 * Rows that a test and a job in the same JVM hand to each other, by an id: a table's options and a
 * sink hold the id only.
 */
public final class RowStore {
  private static final Map<String, List<Row>> ROWS = new ConcurrentHashMap<>();

  private RowStore() {}

  /** Keeps rows for a job to read. */
  public static String put(List<Row> rows) {
    String id = UUID.randomUUID().toString();
    ROWS.put(id, new CopyOnWriteArrayList<>(rows));
    return id;
  }

  /** A place for a job to write to. */
  public static String open() {
    return put(List.of());
  }

  static void add(String id, Row row) {
    rows(id).add(row);
  }

  static List<Row> rows(String id) {
    return ROWS.getOrDefault(id, List.of());
  }

  /** What is there, in the order in which it came; it is forgotten by this. */
  public static List<Row> take(String id) {
    List<Row> rows = ROWS.remove(id);
    return rows == null ? List.of() : List.copyOf(rows);
  }
}

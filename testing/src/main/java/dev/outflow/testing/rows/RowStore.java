package dev.outflow.testing.rows;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.flink.table.data.RowData;
import org.apache.flink.types.Row;

/**
 * Exchanges rows between a test and a job in the same JVM, by an id that fits into the options of a
 * table.
 */
public final class RowStore {
  private static final Map<String, InputRows> INPUTS = new ConcurrentHashMap<>();
  private static final Set<String> READ = ConcurrentHashMap.newKeySet();
  private static final Map<String, List<RowData>> LOOKUPS = new ConcurrentHashMap<>();
  private static final Map<String, List<Row>> OUTPUTS = new ConcurrentHashMap<>();

  private RowStore() {}

  /** Stores rows for a job to read, and returns their id. */
  public static String put(InputRows rows) {
    String id = UUID.randomUUID().toString();
    INPUTS.put(id, rows);
    return id;
  }

  static InputRows read(String id) {
    READ.add(id);
    return INPUTS.getOrDefault(id, InputRows.NONE);
  }

  /** Keeps the rows of an id for lookups, until they are removed; returns the id. */
  static String keep(String id, List<RowData> rows) {
    LOOKUPS.put(id, rows);
    return id;
  }

  static List<RowData> kept(String id) {
    return LOOKUPS.getOrDefault(id, List.of());
  }

  /** Removes the rows that a job can read; returns whether it has read them. */
  public static boolean remove(String id) {
    LOOKUPS.remove(id);
    INPUTS.remove(id);
    return READ.remove(id);
  }

  /** Returns the id that a job can add rows to. */
  public static String open() {
    String id = UUID.randomUUID().toString();
    OUTPUTS.put(id, new CopyOnWriteArrayList<>());
    return id;
  }

  static void add(String id, Row row) {
    OUTPUTS.get(id).add(row);
  }

  /** Removes and returns the rows that a job has added, in their order. */
  public static List<Row> take(String id) {
    List<Row> rows = OUTPUTS.remove(id);
    return rows == null ? List.of() : List.copyOf(rows);
  }
}

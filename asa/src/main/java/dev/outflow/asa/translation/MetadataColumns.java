package dev.outflow.asa.translation;

import dev.outflow.asa.column.Slot;
import dev.outflow.asa.query.Name;
import dev.outflow.sampling.column.ColumnType;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The METADATA columns of an input, as the queries turn out to need them. */
final class MetadataColumns {
  static final String ARRIVAL = "EventEnqueuedUtcTime";
  static final String PARTITION = "PartitionId";

  /** Finds the column of a record's offset; no name in a query is the same. */
  static final String OFFSET = "offset\n";

  /** Finds the column that is 1 in every row of reference data. */
  static final String ONE = "one\n";

  private static final String PROCESSED = "EventProcessedUtcTime";
  private static final String UNDECLARED = "undeclared";

  private final UnaryOperator<String> freeName;
  private final Map<String, Slot> columns = new LinkedHashMap<>();

  /**
   * @param freeName returns a name that no column of the data has
   */
  MetadataColumns(UnaryOperator<String> freeName) {
    this.freeName = freeName;
  }

  /** Returns whether ASA adds a field to the events of event hubs. */
  static boolean isAdded(String name) {
    return name.equalsIgnoreCase(ARRIVAL)
        || name.equalsIgnoreCase(PARTITION)
        || name.equalsIgnoreCase(PROCESSED);
  }

  /** Returns the column of a field that ASA adds, or of a header; adds it. */
  Optional<Slot> column(Name name) {
    if (name.text().equalsIgnoreCase(PROCESSED)) {
      throw new Untranslatable(
          name.at(),
          "EventProcessedUtcTime is the clock of the job, which a job that starts again would not"
              + " repeat; use CURRENT_TIMESTAMP in Flink");
    }
    if (name.text().equalsIgnoreCase(ARRIVAL)) {
      return Optional.of(arrival());
    }
    if (name.text().equalsIgnoreCase(PARTITION)) {
      return Optional.of(add(PARTITION, Slot.declared(PARTITION, ColumnType.Scalar.INT)));
    }
    if (name.text().equals(OFFSET)) {
      return Optional.of(
          add(OFFSET, Slot.declared(freeName.apply("EventOffset"), ColumnType.Scalar.BIGINT)));
    }
    if (name.text().equals(ONE)) {
      return Optional.of(
          add(ONE, Slot.declared(freeName.apply("every_row"), ColumnType.Scalar.INT)));
    }
    if (name.text().startsWith(Headers.COLUMN)) {
      String header = Headers.header(name).replaceAll("[^A-Za-z0-9_]", "_");
      return Optional.of(
          add(name.text(), Slot.declared(freeName.apply(header), ColumnType.Scalar.STRING)));
    }
    boolean isTaken =
        columns.values().stream().anyMatch(column -> column.name().equalsIgnoreCase(name.text()));
    if (isTaken) {
      throw new Untranslatable(
          name.at(),
          "the column '%s' has the name of another one here, of a header or of undeclared fields"
              .formatted(name.text()));
    }
    return Optional.empty();
  }

  Slot arrival() {
    return add(ARRIVAL, Slot.declared(ARRIVAL, ColumnType.Scalar.TIME));
  }

  /** Returns the column of the fields that no other column has; adds it. */
  Slot undeclared() {
    return add(UNDECLARED, Slot.undeclared(freeName.apply(UNDECLARED)));
  }

  /** Returns the same, if it has been added. Unlike other metadata, it is part of SELECT *. */
  Optional<Slot> undeclaredIfRead() {
    return Optional.ofNullable(columns.get(UNDECLARED));
  }

  private Slot add(String key, Slot column) {
    return columns.computeIfAbsent(key, missing -> column);
  }

  /** Returns the definitions of the columns by name, as in job.yaml. */
  Map<String, String> definitions() {
    Map<String, String> definitions = new LinkedHashMap<>();
    columns.forEach((key, slot) -> definitions.put(slot.name(), definition(key, slot)));
    return definitions;
  }

  private static String definition(String key, Slot slot) {
    if (slot.isUndeclared()) {
      return Translation.Input.UNDECLARED;
    }
    if (key.startsWith(Headers.COLUMN)) {
      String header = key.substring(Headers.COLUMN.length());
      return Translation.Input.HEADER + header.replace("'", "''") + "'";
    }
    if (key.equals(OFFSET)) {
      return "BIGINT METADATA FROM 'offset'";
    }
    if (key.equals(ONE)) {
      return "INT METADATA FROM 'one'";
    }
    return slot.name().equals(ARRIVAL)
        ? "TIMESTAMP_LTZ(3) METADATA FROM 'timestamp'"
        : "INT METADATA FROM 'partition'";
  }
}

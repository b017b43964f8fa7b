package dev.outflow.format.reader;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.util.InstantiationUtil;

/** What a reader passed on: rows, and problems by the number of the row. */
public record ReadRows(List<RowData> rows, Map<Integer, InvalidValueException> problems)
    implements RowConsumer {
  public ReadRows() {
    this(new ArrayList<>(), new TreeMap<>());
  }

  @Override
  public void row(RowData row) {
    rows.add(row);
  }

  @Override
  public void invalid(int number, InvalidValueException problem) {
    if (problems.put(number, problem) != null) {
      throw new AssertionError("row %d has two problems".formatted(number));
    }
  }

  /** Reads a message; the options have no prefix. */
  public static ReadRows of(
      String format, Map<String, String> options, RowType type, byte[] message) {
    ReadRows rows = new ReadRows();
    try {
      reader(format, options, type).read(message, rows);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
    return rows;
  }

  /** Returns an open reader, serialized once as Flink does. */
  public static MessageReader reader(String format, Map<String, String> options, RowType type)
      throws Exception {
    Map<String, String> table = new HashMap<>();
    options.forEach((key, value) -> table.put(format + "." + key, value));
    MessageReader reader =
        InstantiationUtil.clone(
            MessageReaders.find("input 'i'", format, table, type).orElseThrow());
    reader.open(null);
    return reader;
  }

  /** Returns the problems as users see them. */
  public List<String> texts() {
    return problems.entrySet().stream()
        .map(
            problem ->
                "%d %s %s: %s"
                    .formatted(
                        problem.getKey(),
                        problem.getValue().kind(),
                        problem.getValue().column().orElse("-"),
                        problem.getValue().getMessage()))
        .toList();
  }
}

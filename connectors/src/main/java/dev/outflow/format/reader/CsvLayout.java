package dev.outflow.format.reader;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Which field of a line each column has.
 *
 * @param source what determines the number of fields, for messages
 * @param count the number of fields of each line
 * @param fields the position for each column; -1 if lines do not have it
 */
record CsvLayout(String source, int count, List<Integer> fields) {
  /** Returns the layout of lines without a header: the columns in their order. */
  static CsvLayout ofColumns(int count) {
    List<Integer> fields = IntStream.range(0, count).boxed().toList();
    return new CsvLayout("the table has %d columns", count, fields);
  }

  /** Returns the layout that a header declares; of two fields with one name, the last counts. */
  static CsvLayout ofHeader(List<String> columns, List<String> header) {
    Map<String, Integer> positions = new HashMap<>();
    for (int field = 0; field < header.size(); field++) {
      positions.put(header.get(field).trim(), field);
    }
    List<Integer> fields =
        columns.stream().map(column -> positions.getOrDefault(column, -1)).toList();
    return new CsvLayout("the header has %d", header.size(), fields);
  }

  int field(int column) {
    return fields.get(column);
  }

  /**
   * Returns if a line has the expected number of fields.
   *
   * @throws InvalidValueException if not
   */
  void check(int found) throws InvalidValueException {
    if (found == count) {
      return;
    }
    String message = "the record has %d fields but %s".formatted(found, source.formatted(count));
    throw found < count
        ? InvalidValueException.missing(message)
        : InvalidValueException.malformed(message, "");
  }
}

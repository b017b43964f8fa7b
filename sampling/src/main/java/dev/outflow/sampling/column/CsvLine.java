package dev.outflow.sampling.column;

import java.util.List;

/**
 * A line of CSV.
 *
 * @param fields its fields
 * @param number its number in its record, from 1
 * @param lines how many lines the record has
 */
record CsvLine(List<String> fields, int number, int lines, long arrival, int partition) {
  CsvLine {
    fields = List.copyOf(fields);
  }

  boolean isFirstOfSeveral() {
    return number == 1 && lines > 1;
  }
}

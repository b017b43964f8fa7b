package dev.outflow.format.reader;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;

/** Finds columns in the header lines of messages, most of which equal the one before. */
final class CsvHeaders {
  private static final int MAX_REPORTED = 1000;

  private final List<String> columns;
  private final BiConsumer<String, String> similarName;
  private final Set<String> reported = new HashSet<>();
  private List<String> last = List.of();
  private CsvLayout layout;

  /**
   * Creates an instance.
   *
   * @param similarName receives a name that differs from a column's in case only
   */
  CsvHeaders(List<String> columns, BiConsumer<String, String> similarName) {
    this.columns = List.copyOf(columns);
    this.similarName = similarName;
  }

  CsvLayout layout(String[] fields, int count) {
    List<String> header = Arrays.asList(fields).subList(0, count);
    if (!header.equals(last)) {
      last = List.copyOf(header);
      layout = CsvLayout.ofHeader(columns, fields, count);
      header.forEach(this::report);
    }
    return layout;
  }

  private void report(String name) {
    String field = name.trim();
    if (columns.contains(field) || reported.size() >= MAX_REPORTED || !reported.add(field)) {
      return;
    }
    columns.stream()
        .filter(field::equalsIgnoreCase)
        .findFirst()
        .ifPresent(column -> similarName.accept(field, column));
  }
}

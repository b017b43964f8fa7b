package dev.outflow.format.reader;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;

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

  CsvLayout layout(CsvFields fields) {
    List<String> header = IntStream.range(0, fields.count()).mapToObj(fields::text).toList();
    if (!header.equals(last)) {
      last = header;
      layout = CsvLayout.ofHeader(columns, header);
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

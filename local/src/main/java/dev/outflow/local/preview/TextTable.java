package dev.outflow.local.preview;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A table of text that fits into a terminal: its widest columns are truncated first, and columns
 * for which no space is left are counted.
 *
 * @param rows cells in the order of the columns
 */
record TextTable(List<String> columns, List<List<String>> rows) {
  private static final int GAP = 2;
  private static final int MIN_WIDTH = 6;
  private static final String NUMBER = "-?\\d[\\d.]*";

  /** Returns the heading and the rows as lines of at most {@code width} columns. */
  List<String> lines(int width) {
    int[] widths = widths();
    int shown = shrink(widths, width);
    List<String> lines = new ArrayList<>();
    String more = shown < columns.size() ? "  +%d".formatted(columns.size() - shown) : "";
    lines.add(DisplayWidth.truncate(line(columns, widths, shown, false) + more, width));
    rows.forEach(row -> lines.add(line(row, widths, shown, true)));
    return lines;
  }

  private int[] widths() {
    return IntStream.range(0, columns.size())
        .map(
            column ->
                IntStream.concat(
                        IntStream.of(DisplayWidth.of(columns.get(column))),
                        rows.stream().mapToInt(row -> DisplayWidth.of(row.get(column))))
                    .max()
                    .orElse(0))
        .toArray();
  }

  /** Shrinks columns until they fit, and returns how many of them do. */
  private int shrink(int[] widths, int available) {
    while (total(widths, widths.length) > available) {
      int widest =
          IntStream.range(0, widths.length)
              .reduce((a, b) -> widths[b] > widths[a] ? b : a)
              .orElseThrow();
      if (widths[widest] <= MIN_WIDTH) {
        break;
      }
      widths[widest]--;
    }
    int shown = widths.length;
    while (shown > 1 && total(widths, shown) > available) {
      shown--;
    }
    widths[0] = Math.min(widths[0], available);
    return shown;
  }

  private static int total(int[] widths, int count) {
    return Arrays.stream(widths, 0, count).sum() + GAP * (count - 1);
  }

  private static String line(List<String> cells, int[] widths, int shown, boolean alignsNumbers) {
    StringBuilder line = new StringBuilder();
    for (int column = 0; column < shown; column++) {
      String cell = DisplayWidth.truncate(cells.get(column), widths[column]);
      String space = " ".repeat(Math.max(0, widths[column] - DisplayWidth.of(cell)));
      line.append(column == 0 ? "" : " ".repeat(GAP));
      line.append(alignsNumbers && cell.matches(NUMBER) ? space + cell : cell + space);
    }
    return line.toString().stripTrailing();
  }
}

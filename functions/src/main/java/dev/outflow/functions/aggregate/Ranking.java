package dev.outflow.functions.aggregate;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.flink.types.Row;

/**
 * Ranks rows by keys. NULL is the smallest value, as ASA documents.
 *
 * @param descending for each key, whether its largest value ranks first
 */
record Ranking(List<Boolean> descending) implements Comparator<Row>, Serializable {
  Ranking {
    descending = List.copyOf(descending);
  }

  /** Reads {@code 'ASC, DESC'}, one direction for each key. */
  static Optional<Ranking> of(String directions) {
    List<String> written =
        Arrays.stream(directions.split(",", -1))
            .map(direction -> direction.strip().toUpperCase(Locale.ROOT))
            .toList();
    return written.stream().allMatch(List.of("ASC", "DESC")::contains)
        ? Optional.of(new Ranking(written.stream().map("DESC"::equals).toList()))
        : Optional.empty();
  }

  /** Compares rows by the keys behind their first field. */
  @Override
  public int compare(Row a, Row b) {
    for (int key = 0; key < descending.size(); key++) {
      int order = compareKeys(a.getField(key + 1), b.getField(key + 1));
      if (order != 0) {
        return descending.get(key) ? -order : order;
      }
    }
    return 0;
  }

  /** Inserts a row behind those of the same rank; keeps the first {@code limit} only. */
  Row[] insert(Row[] ranked, Row added, int limit) {
    List<Row> rows = new ArrayList<>(Arrays.asList(ranked));
    int place = rows.size();
    while (place > 0 && compare(rows.get(place - 1), added) > 0) {
      place--;
    }
    rows.add(place, added);
    return rows.subList(0, Math.min(limit, rows.size())).toArray(Row[]::new);
  }

  @SuppressWarnings("unchecked") // The keys of one call are of one type.
  private static int compareKeys(Object a, Object b) {
    if (a == null || b == null) {
      return Boolean.compare(a != null, b != null);
    }
    return ((Comparable<Object>) a).compareTo(b);
  }
}

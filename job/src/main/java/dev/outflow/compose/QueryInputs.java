package dev.outflow.compose;

import dev.outflow.definition.Query;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Finds the tables that a query reads, also through other queries, by their names in its text. */
public final class QueryInputs {
  private static final Pattern WORD = Pattern.compile("\\w+");

  private QueryInputs() {}

  /** Returns whether a query may read an input. */
  public static boolean reads(List<Query> queries, String query, String input) {
    Set<String> read = new HashSet<>(Set.of(query));
    for (int i = queries.size() - 1; i >= 0; i--) { // A query reads those before it.
      if (read.contains(queries.get(i).name())) {
        WORD.matcher(queries.get(i).sql()).results().map(MatchResult::group).forEach(read::add);
      }
    }
    return read.contains(input);
  }
}

package dev.outflow.asa.query;

import java.util.List;
import java.util.Optional;

/**
 * The body of MATCH_RECOGNIZE.
 *
 * @param limit LIMIT DURATION(unit, length)
 * @param measures the columns of the result
 * @param definitions the conditions of variables; a variable without one matches any row
 */
public record RowPattern(
    List<Expression> partitionBy,
    Optional<Expression.Call> limit,
    List<Query.Value> measures,
    Pattern pattern,
    List<Definition> definitions) {
  public RowPattern {
    partitionBy = List.copyOf(partitionBy);
    measures = List.copyOf(measures);
    definitions = List.copyOf(definitions);
  }

  /** A variable of the pattern with its condition. */
  public record Definition(Name variable, Expression condition) {}
}

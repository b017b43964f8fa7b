package dev.outflow.asa.query;

import java.util.List;
import java.util.Optional;

/** What FROM reads. */
public sealed interface Source {
  /** Returns where the source begins. */
  Position at();

  /**
   * An input or a step.
   *
   * @param timestamp TIMESTAMP BY
   * @param substreams TIMESTAMP BY ... OVER
   * @param partitionBy PARTITION BY
   */
  record Table(
      Name name,
      Optional<Name> alias,
      Optional<Expression> timestamp,
      List<Expression> substreams,
      List<Expression> partitionBy,
      Position at)
      implements Source {
    public Table {
      substreams = List.copyOf(substreams);
      partitionBy = List.copyOf(partitionBy);
    }

    /** Returns the name by which columns refer to it. */
    public Name known() {
      return alias.orElse(name);
    }
  }

  /** A query in parentheses. */
  record Subquery(Query query, Optional<Name> alias, Position at) implements Source {}

  /** JOIN; CROSS JOIN has no condition. */
  record Join(boolean left, Source first, Source second, Optional<Expression> on, Position at)
      implements Source {}

  /** CROSS APPLY and OUTER APPLY of a function. */
  record Apply(boolean outer, Source source, Expression.Call function, Name alias, Position at)
      implements Source {}

  /** MATCH_RECOGNIZE. */
  record Match(Source source, RowPattern pattern, Optional<Name> alias, Position at)
      implements Source {}
}

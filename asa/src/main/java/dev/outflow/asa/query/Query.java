package dev.outflow.asa.query;

import java.util.List;
import java.util.Optional;

/** A query: SELECT, or UNION of two, which keeps duplicates. */
public sealed interface Query {
  /** Returns where the query begins. */
  Position at();

  /** SELECT. */
  record Select(
      boolean distinct,
      Optional<Expression> top,
      List<Item> items,
      Optional<Name> into,
      Source from,
      Optional<Expression> where,
      List<Expression> groupBy,
      Optional<Expression> having,
      Position at)
      implements Query {
    public Select {
      items = List.copyOf(items);
      groupBy = List.copyOf(groupBy);
    }
  }

  /** UNION. */
  record Union(Query left, Query right, Position at) implements Query {}

  /** What SELECT lists. */
  sealed interface Item {
    /** Returns where the item begins. */
    Position at();
  }

  /** {@code *}, {@code input.*} or {@code input.record.*}. */
  record Star(List<Name> of, Position at) implements Item {
    public Star {
      of = List.copyOf(of);
    }
  }

  /** An expression, with a name or without. */
  record Value(Expression expression, Optional<Name> name, Position at) implements Item {}
}

package dev.outflow.asa.translation;

import dev.outflow.asa.query.Expression;
import dev.outflow.asa.query.Position;
import dev.outflow.asa.query.Source;
import dev.outflow.asa.report.Section;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Translates joins of streams within a time, which DATEDIFF in their condition limits. */
final class Joins {
  private final Notes notes;

  /** The bounds of DATEDIFF(unit, first, second) that a condition sets. */
  private static final class Bounds {
    private Expression.Call call;
    private Long low;
    private Long high;
  }

  Joins(Notes notes) {
    this.notes = notes;
  }

  From of(Source.Join join, From first, From second) {
    List<Relation> relations = new ArrayList<>(first.scope().relations());
    relations.addAll(second.scope().relations());
    Scope scope = new Scope(relations, first.scope().isCollecting());
    List<String> conditions = new ArrayList<>();
    Bounds bounds = new Bounds();
    Expressions in =
        new Expressions(
            scope,
            notes,
            at -> {
              throw new Untranslatable(at, "System.Timestamp() in ON: name the inputs in DATEDIFF");
            },
            new HashMap<>(),
            Map.of(),
            false);
    for (Expression conjunct : conjuncts(join.on())) {
      if (!bound(conjunct, scope, bounds)) {
        conditions.add(in.of(conjunct).text());
      }
    }
    if (bounds.low == null || bounds.high == null) {
      throw new Untranslatable(
          join.at(),
          "JOIN needs DATEDIFF(unit, %s, %s) BETWEEN 0 AND a number in ON, which limits the time"
              .formatted(name(first), name(second)),
          Section.JOIN_WITHIN_A_TIME);
    }
    return timed(join, first, second, scope, conditions, bounds);
  }

  private From timed(
      Source.Join join,
      From first,
      From second,
      Scope scope,
      List<String> conditions,
      Bounds bounds) {
    Expression unit = bounds.call.arguments().get(0);
    String name = Units.unit(unit);
    Duration one = Units.length(name, unit.at());
    Duration earliest = Units.duration(one, bounds.low - 1, bounds.call.at());
    Duration latest = Units.duration(one, bounds.high + 1, bounds.call.at());
    TimeAttribute from = time(bounds.call.arguments().get(1), scope);
    TimeAttribute to = time(bounds.call.arguments().get(2), scope);
    if (from.sql().equals(to.sql())) {
      throw new Untranslatable(bounds.call.at(), "DATEDIFF in ON must name both inputs");
    }
    conditions.add(
        "%s BETWEEN %s AND %s"
            .formatted(to.sql(), Units.plus(from.sql(), earliest), Units.plus(from.sql(), latest)));
    conditions.add(
        "%s BETWEEN %d AND %d"
            .formatted(Units.boundaries(name, from.sql(), to.sql()), bounds.low, bounds.high));
    boolean fromIsFirst =
        first.scope().relations().stream()
            .anyMatch(
                relation ->
                    relation.time().filter(time -> time.sql().equals(from.sql())).isPresent());
    String later = "GREATEST(%s, %s)".formatted(plain(from), plain(to));
    if (join.left()) {
      String left = fromIsFirst ? plain(from) : plain(to);
      long limit = Math.max(0, fromIsFirst ? bounds.high : -bounds.low);
      later = "COALESCE(%s, %s)".formatted(later, Units.plus(left, one.multipliedBy(limit)));
    }
    Optional<TimeAttribute> time = join.left() ? Optional.empty() : later(from, to, bounds);
    return new From(
        "%s\n%s JOIN %s\n  ON %s"
            .formatted(
                first.sql(),
                join.left() ? "LEFT" : "INNER",
                second.sql(),
                String.join("\n  AND ", conditions)),
        scope,
        Optional.empty(),
        time,
        Optional.of(later));
  }

  /** A function of time attributes would be one itself, which Flink cannot plan in every job. */
  private static String plain(TimeAttribute time) {
    return "CAST(%s AS TIMESTAMP_LTZ(3))".formatted(time.sql());
  }

  /** Returns the time attribute that is the later one. */
  private Optional<TimeAttribute> later(TimeAttribute from, TimeAttribute to, Bounds bounds) {
    if (bounds.low < 0 && bounds.high > 0) {
      return Optional.empty();
    }
    TimeAttribute later = bounds.low >= 0 ? to : from;
    boolean exact = bounds.low > 0 || bounds.high < 0;
    return Optional.of(
        new TimeAttribute(
            later.column(),
            later.sql(),
            at -> {
              later.onUse().accept(at);
              if (!exact) {
                notes.differsOnce(
                    at,
                    "the time of a join is that of its later event in ASA; here it is always that of"
                        + " the second event of DATEDIFF",
                    Section.JOIN_WITHIN_A_TIME);
              }
            }));
  }

  /** Returns the conditions that AND connects. */
  static List<Expression> conjuncts(Optional<Expression> on) {
    List<Expression> all = new ArrayList<>();
    on.ifPresent(condition -> collect(condition, all));
    return all;
  }

  private static void collect(Expression condition, List<Expression> into) {
    if (condition instanceof Expression.Binary and && and.operator().equals("AND")) {
      collect(and.left(), into);
      collect(and.right(), into);
    } else {
      into.add(condition);
    }
  }

  /** Returns whether a condition bounds the time between the inputs. */
  private static boolean bound(Expression condition, Scope scope, Bounds bounds) {
    if (condition instanceof Expression.Between between
        && !between.negated()
        && isBetweenInputs(between.operand(), scope)) {
      add(bounds, between.operand(), literal(between.low()), literal(between.high()));
      return true;
    }
    if (condition instanceof Expression.Binary compare && isBetweenInputs(compare.left(), scope)) {
      long value = literal(compare.right());
      switch (compare.operator()) {
        case "=" -> add(bounds, compare.left(), value, value);
        case "<=", "!>" -> add(bounds, compare.left(), null, value);
        case "<" -> add(bounds, compare.left(), null, value - 1);
        case ">=", "!<" -> add(bounds, compare.left(), value, null);
        case ">" -> add(bounds, compare.left(), value + 1, null);
        default ->
            throw new Untranslatable(compare.at(), "DATEDIFF in ON must be between two numbers");
      }
      return true;
    }
    return false;
  }

  private static void add(Bounds bounds, Expression call, Long low, Long high) {
    Expression.Call datediff = (Expression.Call) call;
    if (bounds.call != null && !same(bounds.call, datediff)) {
      throw new Untranslatable(call.at(), "ON has several DATEDIFF; write one BETWEEN");
    }
    bounds.call = datediff;
    if (low != null) {
      bounds.low = bounds.low == null ? low : Math.max(bounds.low, low);
    }
    if (high != null) {
      bounds.high = bounds.high == null ? high : Math.min(bounds.high, high);
    }
  }

  private static boolean same(Expression.Call one, Expression.Call other) {
    return one.toString()
        .replaceAll("Position\\[[^]]*]", "")
        .equalsIgnoreCase(other.toString().replaceAll("Position\\[[^]]*]", ""));
  }

  private static long literal(Expression written) {
    return Units.whole(written)
        .orElseThrow(
            () ->
                new Untranslatable(written.at(), "DATEDIFF in ON must be compared with a number"));
  }

  private static boolean isBetweenInputs(Expression expression, Scope scope) {
    return expression instanceof Expression.Call call
        && call.function().equals("datediff")
        && call.arguments().size() == 3
        && isInput(call.arguments().get(1), scope)
        && isInput(call.arguments().get(2), scope);
  }

  private static boolean isInput(Expression expression, Scope scope) {
    return expression instanceof Expression.Column column
        && column.path().size() == 1
        && scope.relation(column.path().get(0)).isPresent();
  }

  private static TimeAttribute time(Expression input, Scope scope) {
    Position at = input.at();
    return scope
        .relation(((Expression.Column) input).path().get(0))
        .flatMap(Relation::time)
        .orElseThrow(() -> new Untranslatable(at, "has no time: it is a join or reference data"))
        .usedAt(at);
  }

  private static String name(From from) {
    return from.scope().relations().get(0).known().orElse("a");
  }
}

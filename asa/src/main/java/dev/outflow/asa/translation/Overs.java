package dev.outflow.asa.translation;

import dev.outflow.asa.query.Expression;
import dev.outflow.asa.query.Query;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Translates aggregates with OVER. ASA evaluates them before WHERE and GROUP BY, so a view computes
 * them; Flink evaluates one window for each SELECT, so there is a view for each.
 */
final class Overs {
  private record Frame(String partition, Duration limit) {}

  private Overs() {}

  /** Adds the views, and the columns with the results to {@code computed}. */
  static From compute(
      Query.Select select, From from, Notes notes, Views views, Map<Expression, Sql> computed) {
    List<Expression.Call> calls = new ArrayList<>();
    for (Query.Item item : select.items()) {
      if (item instanceof Query.Value value) {
        Calls.withOver(value.expression(), calls);
      }
    }
    select.where().ifPresent(where -> Calls.withOver(where, calls));
    select.having().ifPresent(having -> Calls.withOver(having, calls));
    if (calls.isEmpty()) {
      return from;
    }
    calls.stream()
        .filter(call -> !Aggregates.isAggregate(call))
        .findFirst()
        .ifPresent(
            call -> {
              throw Functions.unknown(call);
            });
    if (from.timestamp().isPresent() || from.scope().relations().size() > 1) {
      throw new Untranslatable(
          calls.get(0).at(), "OVER and JOIN in one query: write a step for one of them");
    }
    return compute(calls, from, notes, views, computed);
  }

  private static From compute(
      List<Expression.Call> calls,
      From from,
      Notes notes,
      Views views,
      Map<Expression, Sql> computed) {
    // The columns of the first view are known by its end; later ones only add to it.
    Map<Frame, List<Expression.Call>> frames = new LinkedHashMap<>();
    for (Expression.Call call : calls) {
      Expressions in = expressions(from, notes);
      Expression.Over over = call.over().orElseThrow();
      String partition =
          String.join(", ", over.partitionBy().stream().map(key -> in.of(key).text()).toList());
      frames.computeIfAbsent(new Frame(partition, limit(call)), frame -> new ArrayList<>()).add(call);
    }
    From current = from;
    List<Expression.Call> done = new ArrayList<>();
    for (Map.Entry<Frame, List<Expression.Call>> frame : frames.entrySet()) {
      List<String> more = new ArrayList<>();
      for (Expression.Call earlier : done) {
        more.add(computed.get(earlier).text() + " AS " + Sql.name(column(calls, earlier)));
      }
      Map<Expression.Call, Sql> types = new LinkedHashMap<>();
      for (Expression.Call call : frame.getValue()) {
        Sql value = over(call, frame.getKey().limit(), current, notes);
        types.put(call, value);
        more.add(value.text() + " AS " + Sql.name(column(calls, call)));
      }
      current = views.add("over", current, more);
      String prefix = Sql.name(current.table().orElseThrow()) + ".";
      done.addAll(frame.getValue());
      for (Expression.Call call : done) {
        Sql value = types.containsKey(call) ? types.get(call) : computed.get(call);
        computed.put(
            call,
            new Sql(prefix + Sql.name(column(calls, call)), value.type(), Optional.empty(), false));
      }
    }
    return current;
  }

  private static String column(List<Expression.Call> calls, Expression.Call call) {
    return "over_" + (calls.indexOf(call) + 1);
  }

  private static Duration limit(Expression.Call call) {
    Expression.Over over = call.over().orElseThrow();
    return over.limit()
        .filter(limit -> limit.arguments().size() == 2)
        .map(limit -> Units.duration(limit.arguments().get(0), limit.arguments().get(1)))
        .orElseThrow(() -> new Untranslatable(over.at(), "OVER needs LIMIT DURATION"));
  }

  private static Sql over(Expression.Call call, Duration limit, From from, Notes notes) {
    Expression.Over over = call.over().orElseThrow();
    notes.differsOnce(
        over.at(),
        "LIMIT DURATION: a row of exactly this age counts in Flink; ASA's documentation does not say"
            + " whether it does",
        "over");
    TimeAttribute time =
        from.time()
            .map(attribute -> attribute.usedAt(over.at()))
            .orElseThrow(() -> new Untranslatable(over.at(), "OVER needs a time"));
    Expressions in =
        new Expressions(
            from.scope(),
            notes,
            at -> QueryTranslator.time(from, at),
            Map.of(),
            Map.of(),
            true);
    Expression.Call aggregate =
        new Expression.Call(
            call.function(),
            call.written(),
            call.distinct(),
            over.when().isPresent() ? List.of(when(call, over.when().get())) : call.arguments(),
            Optional.empty(),
            call.at());
    Sql value = in.of(aggregate);
    String partition =
        String.join(", ", over.partitionBy().stream().map(key -> in.of(key).text()).toList());
    return new Sql(
        "%s OVER (%sORDER BY %s RANGE BETWEEN %s PRECEDING AND CURRENT ROW)"
            .formatted(
                value.text(),
                partition.isEmpty() ? "" : "PARTITION BY " + partition + " ",
                time.sql(),
                Units.interval(limit)),
        value.type(),
        Optional.empty(),
        false);
  }

  /** Rows that do not meet WHEN are NULL, which aggregates leave out. */
  private static Expression when(Expression.Call call, Expression condition) {
    Expression argument =
        call.arguments().size() == 1 && call.arguments().get(0) instanceof Expression.AllRows all
            ? new Expression.Number("1", all.at())
            : Functions.argument(call, 1, 0);
    return new Expression.Case(
        Optional.empty(),
        List.of(new Expression.When(condition, argument)),
        Optional.empty(),
        call.at());
  }

  private static Expressions expressions(From from, Notes notes) {
    return new Expressions(
        from.scope(), notes, at -> QueryTranslator.time(from, at), Map.of(), Map.of(), false);
  }
}

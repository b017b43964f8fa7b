package dev.outflow.asa.translation;

import dev.outflow.asa.query.Expression;
import dev.outflow.asa.query.Position;
import dev.outflow.asa.query.Query;
import dev.outflow.asa.report.Section;
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
  private record Frame(String partition, Duration limit, boolean isLag) {}

  private static final String LAG = "lag";
  private static final String PREVIOUS_TIME = "previous_time";

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
        .filter(call -> !Aggregates.isAggregate(call) && !isLag(call))
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
      frames
          .computeIfAbsent(
              new Frame(partition, limit(call), isLag(call)), frame -> new ArrayList<>())
          .add(call);
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
        Sql value =
            isLag(call)
                ? lag(call, current, notes)
                : over(call, frame.getKey().limit(), current, notes);
        types.put(call, value);
        more.add(value.text() + " AS " + Sql.name(column(calls, call)));
      }
      if (frame.getKey().isLag()) {
        more.add(
            "LAG(CAST(%s AS TIMESTAMP_LTZ(3))) OVER (%s) AS %s"
                .formatted(
                    time(current, frame.getValue().get(0)).sql(),
                    order(frame.getValue().get(0), current, notes),
                    Sql.name(PREVIOUS_TIME)));
      }
      current = views.add("over", current, more);
      String prefix = Sql.name(current.table().orElseThrow()) + ".";
      done.addAll(frame.getValue());
      for (Expression.Call call : done) {
        Sql value = types.containsKey(call) ? types.get(call) : computed.get(call);
        String column = prefix + Sql.name(column(calls, call));
        boolean limited = isLag(call) && types.containsKey(call);
        String text =
            limited
                ? "(CASE WHEN %s >= %s THEN %s END)"
                    .formatted(
                        prefix + Sql.name(PREVIOUS_TIME),
                        Units.plus(
                            prefix + Sql.name(TimeAttribute.IN_VIEWS),
                            frame.getKey().limit().negated()),
                        column)
                : column;
        computed.put(call, new Sql(text, value.type(), Optional.empty(), false));
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

  private static boolean isLag(Expression.Call call) {
    return call.function().equals(LAG);
  }

  /** Flink's LAG has no limit: the time of the row before is compared with it. */
  private static Sql lag(Expression.Call call, From from, Notes notes) {
    Expression.Over over = call.over().orElseThrow();
    boolean plain =
        call.arguments().size() == 1
            || (call.arguments().size() == 2
                && Units.whole(call.arguments().get(1)).filter(offset -> offset == 1).isPresent());
    if (!plain || over.when().isPresent()) {
      throw new Untranslatable(
          call.at(),
          "LAG with WHEN, a default or an offset other than 1: see the recipe for LAG",
          Section.LAG_WITH_A_TIME_LIMIT);
    }
    noteLimit(over, notes);
    Sql value = expressions(from, notes).of(call.arguments().get(0));
    return new Sql(
        "LAG(%s) OVER (%s)".formatted(value.text(), order(call, from, notes)),
        value.type(),
        Optional.empty(),
        false);
  }

  private static String order(Expression.Call call, From from, Notes notes) {
    Expressions in = expressions(from, notes);
    String partition =
        String.join(
            ", ",
            call.over().orElseThrow().partitionBy().stream()
                .map(key -> in.of(key).text())
                .toList());
    return (partition.isEmpty() ? "" : "PARTITION BY " + partition + " ")
        + "ORDER BY "
        + time(from, call).sql();
  }

  private static TimeAttribute time(From from, Expression.Call call) {
    Position at = call.over().map(Expression.Over::at).orElse(call.at());
    return from.time()
        .map(attribute -> attribute.usedAt(at))
        .orElseThrow(() -> new Untranslatable(at, "OVER needs a time"));
  }

  private static void noteLimit(Expression.Over over, Notes notes) {
    notes.differsOnce(
        over.at(),
        "LIMIT DURATION: a row of exactly this age counts in Flink; ASA's documentation does not say"
            + " whether it does",
        Section.OVER);
  }

  /**
   * Translates a sliding window: a row for each event, with the aggregates of the window that ends
   * with it.
   */
  static From sliding(
      Query.Select select,
      From from,
      Duration size,
      Notes notes,
      Views views,
      Map<Expression, Sql> computed) {
    List<Expression.Call> calls = new ArrayList<>();
    for (Query.Item item : select.items()) {
      if (item instanceof Query.Value value) {
        Calls.aggregates(value.expression(), calls);
      }
    }
    select.having().ifPresent(having -> Calls.aggregates(having, calls));
    Expressions in =
        new Expressions(
            from.scope(), notes, at -> QueryTranslator.time(from, at), Map.of(), Map.of(), true);
    String partition =
        String.join(
            ", ",
            select.groupBy().stream()
                .filter(key -> !Window.isWindow(key))
                .map(key -> in.of(key).text())
                .toList());
    TimeAttribute time =
        from.time()
            .map(attribute -> attribute.usedAt(select.at()))
            .orElseThrow(() -> new Untranslatable(select.at(), "SlidingWindow needs a time"));
    List<String> more = new ArrayList<>();
    Map<Expression, Sql> values = new LinkedHashMap<>();
    for (Expression.Call call : calls) {
      Sql value = in.of(call);
      values.put(call, value);
      more.add(
          "%s OVER (%sORDER BY %s RANGE BETWEEN %s PRECEDING AND CURRENT ROW) AS %s"
              .formatted(
                  value.text(),
                  partition.isEmpty() ? "" : "PARTITION BY " + partition + " ",
                  time.sql(),
                  Units.interval(size.minusMillis(1)),
                  Sql.name(column(calls, call))));
    }
    From view = views.add("sliding", from, more);
    values.forEach(
        (call, value) ->
            computed.put(
                call,
                new Sql(
                    Sql.name(view.table().orElseThrow())
                        + "."
                        + Sql.name(column(calls, (Expression.Call) call)),
                    value.type(),
                    Optional.empty(),
                    false)));
    return view;
  }

  private static Sql over(Expression.Call call, Duration limit, From from, Notes notes) {
    Expression.Over over = call.over().orElseThrow();
    noteLimit(over, notes);
    TimeAttribute time = time(from, call);
    Expressions in =
        new Expressions(
            from.scope(), notes, at -> QueryTranslator.time(from, at), Map.of(), Map.of(), true);
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
            ? new Expression.Numeral("1", all.at())
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

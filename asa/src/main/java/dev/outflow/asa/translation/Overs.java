package dev.outflow.asa.translation;

import static java.util.stream.Collectors.joining;

import dev.outflow.asa.query.Expression;
import dev.outflow.asa.query.Position;
import dev.outflow.asa.query.Query;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Translates functions with OVER. ASA evaluates them before WHERE and GROUP BY, so views compute
 * them; Flink evaluates one window for each SELECT, so there is a view for each.
 */
final class Overs {
  private final Notes notes;
  private final Views views;

  Overs(Notes notes, Views views) {
    this.notes = notes;
    this.views = views;
  }

  /** Adds the views, and the columns with the results to {@code computed}. */
  From compute(Query.Select select, From from, Computed computed) {
    List<Expression.Call> calls = calls(select);
    if (calls.isEmpty()) {
      return from;
    }
    for (Expression.Call call : calls) {
      if (!Aggregates.isAggregate(call)
          && !EarlierRows.isEarlierRow(call)
          && !Anomalies.isAnomaly(call)) {
        throw Functions.unknown(call);
      }
    }
    if (from.timestamp().isPresent() || from.scope().relations().size() > 1) {
      throw new Untranslatable(
          calls.get(0).at(), "OVER and JOIN in one query: write a step for one of them");
    }
    passOnAdded(select, from.scope());
    From last = aggregates(only(calls, Aggregates::isAggregate), from, computed);
    last =
        new EarlierRows(notes, views)
            .compute(only(calls, EarlierRows::isEarlierRow), last, computed);
    return new Anomalies(notes, views).compute(only(calls, Anomalies::isAnomaly), last, computed);
  }

  /** Views have the fields that ASA adds to events only if the query names them. */
  private static void passOnAdded(Query.Select select, Scope scope) {
    List<Expression.Column> added = new ArrayList<>();
    Calls.find(
        select,
        Expression.Column.class,
        column -> column.path().size() == 1 && MetadataColumns.isAdded(column.path().get(0).text()),
        added);
    added.forEach(column -> scope.field(column.path().get(0)));
  }

  private static List<Expression.Call> only(
      List<Expression.Call> calls, Predicate<Expression.Call> wanted) {
    return calls.stream().filter(wanted).toList();
  }

  private static List<Expression.Call> calls(Query.Select select) {
    List<Expression.Call> calls = new ArrayList<>();
    Calls.withOver(select, calls);
    // An aggregate of a window with an order, such as TopOne
    calls.removeIf(call -> call.over().filter(over -> !over.orderBy().isEmpty()).isPresent());
    return calls;
  }

  private From aggregates(List<Expression.Call> calls, From from, Computed computed) {
    Map<String, List<Expression.Call>> frames = new LinkedHashMap<>();
    for (Expression.Call call : calls) {
      frames
          .computeIfAbsent(partition(call, from) + limit(call), frame -> new ArrayList<>())
          .add(call);
    }
    From current = from;
    for (List<Expression.Call> frame : frames.values()) {
      for (Expression.Call call : frame) {
        computed.put(call, over(call, current));
      }
      current = views.add("over", current, computed.columns());
      computed.areIn(current);
    }
    return current;
  }

  private Sql over(Expression.Call call, From from) {
    Expression.Over over = call.over().orElseThrow();
    noteLimit(over, notes);
    Aggregates.noteDeviation(call, notes);
    Expression.Call aggregate =
        over.when().isPresent() ? when(call, over.when().get()) : without(call, call.arguments());
    Sql value = expressions(from, notes, true).of(aggregate);
    String partition = partition(call, from);
    return new Sql(
        range(
            value.text(),
            partition.isEmpty() ? List.of() : List.of(partition),
            time(from, over.at()).sql(),
            limit(call)),
        value.type(),
        Optional.empty(),
        false);
  }

  /** Returns an aggregate of the rows up to an age, which is inclusive. */
  static String range(String aggregate, List<String> partition, String time, Duration age) {
    return "%s OVER (%sORDER BY %s RANGE BETWEEN %s PRECEDING AND CURRENT ROW)"
        .formatted(
            aggregate,
            partition.isEmpty() ? "" : "PARTITION BY " + String.join(", ", partition) + " ",
            time,
            Units.interval(age));
  }

  private String partition(Expression.Call call, From from) {
    Expressions in = expressions(from, notes, false);
    return call.over().orElseThrow().partitionBy().stream()
        .map(key -> in.of(key).text())
        .collect(joining(", "));
  }

  /** Returns the length of LIMIT DURATION. */
  static Duration limit(Expression.Call call) {
    Expression.Over over = call.over().orElseThrow();
    return over.limit()
        .filter(limit -> limit.arguments().size() == 2)
        .map(limit -> Units.duration(limit.arguments().get(0), limit.arguments().get(1)))
        .orElseThrow(() -> new Untranslatable(over.at(), "OVER needs LIMIT DURATION"));
  }

  static void noteLimit(Expression.Over over, Notes notes) {
    notes.decideOnce(
        over.at(),
        "LIMIT DURATION: a row of exactly this age counts here; ASA's documentation does not say"
            + " whether it does");
  }

  static TimeAttribute time(From from, Position at) {
    return from.time()
        .map(attribute -> attribute.usedAt(at))
        .orElseThrow(() -> new Untranslatable(at, "OVER needs a time"));
  }

  /** Rows that do not meet a condition are NULL, which aggregates leave out. */
  static Expression.Call when(Expression.Call call, Expression condition) {
    Expression argument =
        call.arguments().size() == 1 && call.arguments().get(0) instanceof Expression.AllRows all
            ? new Expression.Numeral("1", all.at())
            : Functions.argument(call, 1, 0);
    return without(
        call,
        List.of(
            new Expression.Case(
                Optional.empty(),
                List.of(new Expression.When(condition, argument)),
                Optional.empty(),
                call.at())));
  }

  private static Expression.Call without(Expression.Call call, List<Expression> arguments) {
    return new Expression.Call(
        call.function(), call.written(), call.distinct(), arguments, Optional.empty(), call.at());
  }

  static Expressions expressions(From from, Notes notes, boolean aggregates) {
    return new Expressions(
        from.scope(), notes, at -> QueryTranslator.time(from, at), Map.of(), Map.of(), aggregates);
  }
}

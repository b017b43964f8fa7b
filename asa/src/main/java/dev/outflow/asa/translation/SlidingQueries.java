package dev.outflow.asa.translation;

import static dev.outflow.sampling.column.ColumnType.Scalar.BOOLEAN;

import dev.outflow.asa.column.Slot;
import dev.outflow.asa.query.Expression;
import dev.outflow.asa.query.Name;
import dev.outflow.asa.query.Position;
import dev.outflow.asa.query.Query;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Translates queries with GROUP BY a sliding window: the table function SLIDING_CHANGES returns the
 * instants at which rows enter or leave, and OVER aggregates the rows of the window at each.
 */
final class SlidingQueries {
  private static final String ENTERING = "is_entering";
  private static final String ROWS = "window_rows";
  private static final Set<String> OVER =
      Set.of("count", "sum", "avg", "min", "max", "stdev", "stdevp", "var", "varp");

  private final Notes notes;
  private final Views views;

  SlidingQueries(Notes notes, Views views) {
    this.notes = notes;
    this.views = views;
  }

  /** Returns whether OVER accepts all aggregates, which are then those of fewer rows. */
  static boolean isPossible(Query.Select select) {
    return Calls.aggregates(select).stream().allMatch(call -> OVER.contains(call.function()));
  }

  /** WHERE is evaluated before the window, HAVING after it. An empty window gives no row. */
  Result of(Query.Select select, From from, Computed computed, Window window, Purpose purpose) {
    PartitionedInput input =
        PartitionedInput.of(
            select.where().isPresent()
                ? views.filtered(select.where().get(), from, computed, notes)
                : from,
            select.groupBy().stream().filter(key -> !Window.isWindow(key)).toList(),
            List.of(),
            computed,
            notes,
            views);
    String name = views.name("sliding");
    From changes = changes(input, name, window);
    List<String> more = aggregates(select, changes, input, window.size(), computed);
    From view = views.add(name, changes, more, "");
    computed.areIn(view);
    Map<Expression, Sql> values = computed.values();
    Expressions in =
        new Expressions(
            view.scope(), notes, at -> QueryTranslator.time(view, at), values, Map.of(), true);
    WindowQueries.checkGrouped(select, in);
    List<Field> columns = new SelectList(notes, false).columns(select, in, view);
    String prefix = Sql.name(view.table().orElseThrow()) + ".";
    String rest =
        "\nFROM %s\nWHERE NOT %s AND %s > 0"
            .formatted(view.sql(), prefix + Sql.name(ENTERING), prefix + Sql.name(ROWS));
    Function<Position, Sql> end = at -> QueryTranslator.time(view, at);
    Optional<String> having =
        WindowQueries.having(select, view.scope(), values, end, notes, true, end);
    return purpose.result(
        columns, view.time(), view, rest + having.map(condition -> " AND " + condition).orElse(""));
  }

  private static From changes(PartitionedInput input, String name, Window window) {
    TimeAttribute time = Overs.time(input.from(), window.written().at());
    From rows =
        input.replacedBy(
            "SLIDING_CHANGES(\n  input => %s,\n  window_size => %s,\n  on_time => DESCRIPTOR(%s),\n  uid => %s)"
                .formatted(
                    input.table(),
                    Units.interval(window.size()),
                    Sql.name(time.column()),
                    Sql.literal(name)),
            "rowtime");
    Field entering =
        new Field(ENTERING, input.qualified(ENTERING), Slot.declared(ENTERING, BOOLEAN), false);
    List<Relation> relations = new ArrayList<>(rows.scope().relations());
    relations.set(0, relations.get(0).with(entering));
    return new From(
        rows.sql(),
        new Scope(relations, rows.scope().isCollecting()),
        Optional.empty(),
        rows.time(),
        Optional.empty());
  }

  private List<String> aggregates(
      Query.Select select, From changes, PartitionedInput input, Duration size, Computed computed) {
    List<Expression.Call> calls = Calls.aggregates(select);
    List<String> partition = input.partition().stream().map(input::qualified).toList();
    String time = changes.time().orElseThrow().sql();
    Duration age = size.minusMillis(1);
    Function<Position, Sql> changeTime = at -> QueryTranslator.time(changes, at);
    Expressions in =
        new Expressions(
            changes.scope(),
            notes,
            changeTime,
            Map.of(),
            Map.of(),
            true,
            at -> WindowQueries.timeInAggregate(changeTime.apply(at), at, notes));
    for (Expression.Call call : calls) {
      Aggregates.noteDeviation(call, notes);
      Sql value = in.of(changes.scope().isCollecting() ? call : ofEntering(call));
      computed.put(
          call,
          new Sql(
              Overs.range(value.text(), partition, time, age), value.type(), value.slot(), false));
    }
    List<String> columns = new ArrayList<>(computed.columns());
    columns.add(
        Overs.range(
                "COUNT(CASE WHEN %s THEN 1 END)".formatted(input.qualified(ENTERING)),
                partition,
                time,
                age)
            + " AS "
            + Sql.name(ROWS));
    return columns;
  }

  private static Expression.Call ofEntering(Expression.Call call) {
    return Overs.when(
        call, new Expression.Column(List.of(new Name(ENTERING, call.at())), call.at()));
  }
}

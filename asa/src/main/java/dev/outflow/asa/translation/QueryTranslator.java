package dev.outflow.asa.translation;

import static dev.outflow.sampling.column.ColumnType.Scalar.TIME;

import dev.outflow.asa.query.Expression;
import dev.outflow.asa.query.Position;
import dev.outflow.asa.query.Query;
import dev.outflow.asa.report.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Translates queries. */
final class QueryTranslator {
  private final Notes notes;
  private final Views views;
  private final Sources sources;
  private final boolean passesUndeclared;

  /**
   * @param passesUndeclared whether SELECT * passes on undeclared fields
   */
  QueryTranslator(
      Map<String, InputTable> inputs,
      Map<String, Optional<Step>> steps,
      Notes notes,
      Views views,
      boolean collecting,
      boolean passesUndeclared) {
    this.notes = notes;
    this.views = views;
    this.passesUndeclared = passesUndeclared;
    this.sources = new Sources(inputs, steps, this, notes, views, collecting);
  }

  /** Translates a query, possibly to views before it. */
  Result translate(Query query, Purpose purpose) {
    if (query instanceof Query.Union union) {
      Purpose inner = purpose == Purpose.VIEW ? Purpose.VIEW : Purpose.BRANCH;
      List<Result> results =
          List.of(translate(union.left(), inner), translate(union.right(), inner));
      Unions.collect(results);
      return Unions.of(results, union.at(), notes);
    }
    return select((Query.Select) query, purpose);
  }

  private Result select(Query.Select select, Purpose purpose) {
    Optional<Expression.Call> windows = SeveralWindows.in(select);
    if (windows.isEmpty()) {
      return select(select, purpose, new Computed());
    }
    Purpose inner = purpose == Purpose.VIEW ? Purpose.VIEW : Purpose.BRANCH;
    List<Result> results = new ArrayList<>();
    for (SeveralWindows.OneWindow one : SeveralWindows.split(select, windows.get())) {
      Computed computed = new Computed();
      SeveralWindows.ids(select).forEach(id -> computed.put(id, one.id()));
      results.add(select(one.select(), inner, computed));
    }
    return Unions.of(results, select.at(), notes);
  }

  private Result select(Query.Select select, Purpose purpose, Computed computed) {
    if (select.distinct() || select.top().isPresent()) {
      throw new Untranslatable(
          select.at(), "SELECT DISTINCT and TOP never end on a stream; use a window");
    }
    From from = new Overs(notes, views).compute(select, sources.of(select.from()), computed);
    if (select.groupBy().isEmpty()) {
      return plain(select, from, computed, purpose);
    }
    Window window = Window.of(window(select));
    boolean isAlone = select.groupBy().stream().filter(Window::isWindow).count() == 1;
    return window.kind() == Window.Kind.SLIDING && isAlone && SlidingQueries.isPossible(select)
        ? new SlidingQueries(notes, views).of(select, from, computed, window, purpose)
        : new WindowQueries(notes, views).of(select, from, computed, window, purpose);
  }

  private static Expression window(Query.Select select) {
    List<Expression> windows = select.groupBy().stream().filter(Window::isWindow).toList();
    List<Expression> timed = windows.stream().filter(key -> !Window.isTimestamp(key)).toList();
    if (windows.size() == 2 && timed.size() == 1) { // The instants of a window.
      return timed.get(0);
    }
    if (windows.size() != 1) {
      throw new Untranslatable(
          select.groupBy().get(0).at(),
          windows.isEmpty()
              ? "GROUP BY needs a window, or System.Timestamp()"
              : "GROUP BY with several windows");
    }
    return windows.get(0);
  }

  private Result plain(Query.Select select, From from, Computed computed, Purpose purpose) {
    Function<Position, Sql> time = at -> time(from, at);
    Expressions in = new Expressions(from.scope(), notes, time, computed.values(), Map.of(), false);
    List<Field> columns = new SelectList(notes, passesUndeclared).columns(select, in, from);
    List<String> conditions = new ArrayList<>();
    select.where().ifPresent(condition -> conditions.add(in.of(condition).text()));
    // Without GROUP BY, HAVING is a further WHERE.
    WindowQueries.having(select, from.scope(), computed.values(), time, notes, false, time)
        .ifPresent(conditions::add);
    String where = conditions.isEmpty() ? "" : "\nWHERE " + String.join(" AND ", conditions);
    return purpose.result(columns, from.time(), from, "\nFROM " + from.sql() + where);
  }

  /** Returns the value of System.Timestamp(). */
  static Sql time(From from, Position at) {
    if (from.timestamp().isPresent()) {
      return Sql.of(from.timestamp().get(), TIME);
    }
    return timeOf(
        from.time()
            .map(time -> time.usedAt(at))
            .orElseThrow(
                () ->
                    new Untranslatable(
                        at,
                        "System.Timestamp() of a join that can be of either event",
                        Section.JOIN_WITHIN_A_TIME)));
  }

  static Sql timeOf(TimeAttribute time) {
    return new Sql(time.sql(), Optional.of(TIME), Optional.empty(), true);
  }
}

package dev.outflow.asa.translation;

import static dev.outflow.sampling.column.ColumnType.Scalar.TIME;

import dev.outflow.asa.query.Expression;
import dev.outflow.asa.query.Position;
import dev.outflow.asa.query.Query;
import dev.outflow.asa.report.Section;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Translates queries. */
final class QueryTranslator {
  private final Notes notes;
  private final Views views;
  private final Sources sources;

  QueryTranslator(
      Map<String, InputTable> inputs,
      Map<String, Optional<Step>> steps,
      Notes notes,
      Views views,
      boolean collecting) {
    this.notes = notes;
    this.views = views;
    this.sources = new Sources(inputs, steps, this, notes, views, collecting);
  }

  /** Translates a query, possibly to views before it. */
  Result translate(Query query, Purpose purpose) {
    if (query instanceof Query.Union union) {
      Purpose inner = purpose == Purpose.VIEW ? Purpose.VIEW : Purpose.BRANCH;
      return Unions.of(
          List.of(translate(union.left(), inner), translate(union.right(), inner)),
          union.at(),
          notes);
    }
    return select((Query.Select) query, purpose);
  }

  private Result select(Query.Select select, Purpose purpose) {
    if (select.distinct() || select.top().isPresent()) {
      throw new Untranslatable(
          select.at(), "SELECT DISTINCT and TOP have no end in a stream; use a window");
    }
    Computed computed = new Computed();
    From from = new Overs(notes, views).compute(select, sources.of(select.from()), computed);
    if (select.groupBy().isEmpty()) {
      return plain(select, from, computed, purpose);
    }
    Window window = Window.of(window(select));
    return window.kind() == Window.Kind.SLIDING
        ? new SlidingQueries(notes, views).of(select, from, computed, window, purpose)
        : new WindowQueries(notes, views).of(select, from, computed, window, purpose);
  }

  private static Expression window(Query.Select select) {
    List<Expression> windows = select.groupBy().stream().filter(Window::isWindow).toList();
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
    select
        .having()
        .ifPresent(
            having -> {
              throw new Untranslatable(having.at(), "HAVING needs GROUP BY with a window");
            });
    Expressions in =
        new Expressions(
            from.scope(), notes, at -> time(from, at), computed.values(), Map.of(), false);
    List<Field> columns = new SelectList(notes).columns(select, in, from);
    String where = select.where().map(condition -> "\nWHERE " + in.of(condition).text()).orElse("");
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

package dev.outflow.asa.translation;

import static dev.outflow.sampling.column.ColumnType.Scalar.TIME;

import dev.outflow.asa.query.Expression;
import dev.outflow.asa.query.Position;
import dev.outflow.asa.query.Query;
import dev.outflow.asa.report.Section;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Translates queries with GROUP BY a window, other than a sliding one. */
final class WindowQueries {
  private final Notes notes;
  private final Views views;

  WindowQueries(Notes notes, Views views) {
    this.notes = notes;
    this.views = views;
  }

  Result of(Query.Select select, From from, Computed computed, Window window, Purpose purpose) {
    From source = from;
    boolean isSession = window.kind() == Window.Kind.SESSION;
    Optional<Expression> where = select.where();
    if (isSession && where.isPresent()) { // What WHERE leaves out does not extend a session.
      source = views.filtered(where.get(), from, computed, notes);
      where = Optional.empty();
    } else if (from.table().isEmpty()) {
      source = views.add("source", from, computed.columns());
      computed.areIn(source);
    }
    TimeAttribute time = time(source, window);
    note(window);
    Map<Expression, Sql> values = computed.values();
    Expressions rows = events(source, QueryTranslator.timeOf(time), values);
    List<String> partition = partition(window, rows);
    List<String> keys = keys(select, rows);
    Window read = window;
    Expressions events = rows;
    if (isSession && SessionRows.areNeeded(source, partition, keys)) {
      SessionRows sessions = SessionRows.of(source, time, partition, window, computed, views);
      source = sessions.rows();
      values = computed.values();
      events = events(source, sessions.eventTime(), values);
      keys = new ArrayList<>(keys(select, events));
      keys.addAll(sessions.keys());
      partition = List.of();
      read = Window.snapshot(window.written());
    }
    Function<Position, Sql> end =
        at ->
            new Sql(
                window.end(),
                Optional.of(TIME),
                Optional.empty(),
                window.kind() != Window.Kind.SESSION);
    Expressions groups = new Expressions(source.scope(), notes, end, values, Map.of(), true);
    List<Field> columns = new SelectList(notes, false).columns(select, groups, source);
    Expressions conditions = events;
    keys = new ArrayList<>(keys);
    keys.addAll(List.of("window_start", "window_end", "window_time"));
    String rest =
        "\nFROM "
            + read.sql(
                source.table().orElseThrow(), source.time().orElseThrow().column(), partition)
            + " AS "
            + PartitionedInput.alias(source)
            + where.map(condition -> "\nWHERE " + conditions.of(condition).text()).orElse("")
            + "\nGROUP BY "
            + String.join(", ", keys)
            + having(select, source.scope(), values, end, notes, true)
                .map(sql -> "\nHAVING " + sql)
                .orElse("");
    Optional<TimeAttribute> ends =
        Optional.of(new TimeAttribute(TimeAttribute.IN_VIEWS, "window_time", time.onUse()));
    return purpose.result(columns, ends, source, rest);
  }

  private static TimeAttribute time(From source, Window window) {
    Position at = window.written().at();
    return source
        .time()
        .map(attribute -> attribute.usedAt(at))
        .orElseThrow(
            () ->
                new Untranslatable(
                    at,
                    "a window over this join: the time of its rows is not that of one input",
                    Section.JOIN_WITHIN_A_TIME));
  }

  private Expressions events(From source, Sql time, Map<Expression, Sql> values) {
    return new Expressions(source.scope(), notes, at -> time, values, Map.of(), false);
  }

  private static List<String> keys(Query.Select select, Expressions events) {
    return select.groupBy().stream()
        .filter(key -> !Window.isWindow(key))
        .map(key -> events.of(key).text())
        .toList();
  }

  private static List<String> partition(Window window, Expressions events) {
    return window.written().over().map(Expression.Over::partitionBy).orElse(List.of()).stream()
        .map(key -> unqualified(events.of(key).text(), key.at()))
        .toList();
  }

  private static String unqualified(String sql, Position at) {
    int dot = sql.lastIndexOf(".`");
    if (!sql.startsWith("`") || sql.contains("(")) {
      throw new Untranslatable(at, "PARTITION BY of a session must name a column");
    }
    return sql.substring(dot + 1);
  }

  private void note(Window window) {
    Position at = window.written().at();
    if (window.kind() == Window.Kind.SESSION) {
      notes.differs(
          at,
          "SessionWindow: Flink has no maximum duration; a session ends with the timeout only",
          Section.SESSION_WINDOWS);
    } else if (window.kind() != Window.Kind.SNAPSHOT) {
      Window.noteAlignment(window.hop(), at, notes);
    }
  }

  /** Returns the condition of HAVING, which may name columns of SELECT. */
  static Optional<String> having(
      Query.Select select,
      Scope scope,
      Map<Expression, Sql> values,
      Function<Position, Sql> end,
      Notes notes,
      boolean aggregates) {
    Map<String, Expression> aliases = new HashMap<>();
    for (Query.Item item : select.items()) {
      if (item instanceof Query.Value value && value.name().isPresent() && !isItself(value)) {
        aliases.put(value.name().get().key(), value.expression());
      }
    }
    Expressions in = new Expressions(scope, notes, end, values, aliases, aggregates);
    return select.having().map(condition -> in.of(condition).text());
  }

  /** Returns whether a column is selected by its own name. */
  private static boolean isItself(Query.Value value) {
    return value.expression() instanceof Expression.Column column
        && column.path().get(column.path().size() - 1).key().equals(value.name().get().key());
  }
}

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
import java.util.stream.Stream;

/**
 * Translates queries with GROUP BY a window. A window of one instant aggregates the rows of
 * sessions and of sliding windows, which a table function returns at their ends.
 */
final class WindowQueries {
  private final Notes notes;
  private final Views views;

  WindowQueries(Notes notes, Views views) {
    this.notes = notes;
    this.views = views;
  }

  Result of(Query.Select select, From from, Computed computed, Window window, Purpose purpose) {
    From source = from;
    boolean gathers = window.kind() == Window.Kind.SESSION || window.kind() == Window.Kind.SLIDING;
    Optional<Expression> where = select.where();
    if (gathers && where.isPresent()) { // What WHERE leaves out does not extend a session.
      source = views.filtered(where.get(), from, computed, notes);
      where = Optional.empty();
    } else if (from.table().isEmpty() || WindowNames.areIn(from)) {
      source = views.add("source", from, computed.columns());
      computed.areIn(source);
    }
    TimeAttribute time = time(source, window);
    note(window);
    Map<Expression, Sql> values = computed.values();
    Expressions events = events(source, QueryTranslator.timeOf(time), values);
    Sql eventTime = Sql.of("CAST(%s AS TIMESTAMP_LTZ(3))".formatted(time.sql()), TIME);
    List<String> keys = new ArrayList<>(keys(select, events));
    Window read = window;
    if (gathers) {
      List<String> partition =
          window.kind() == Window.Kind.SESSION ? partition(window, events) : keys;
      WindowRows gathered = WindowRows.of(source, time, partition, window, computed, views);
      source = gathered.rows();
      values = computed.values();
      eventTime = gathered.eventTime();
      events = events(source, eventTime, values);
      keys = new ArrayList<>(keys(select, events));
      keys.addAll(gathered.keys());
      read = Window.snapshot(window.written());
    }
    Sql windowTime = new Sql("window_time", Optional.of(TIME), Optional.empty(), true);
    Function<Position, Sql> end = at -> windowTime;
    Sql ofEvent = eventTime;
    Function<Position, Sql> rowTime = at -> timeInAggregate(ofEvent, at, notes);
    Expressions groups =
        new Expressions(source.scope(), notes, end, values, Map.of(), true, rowTime);
    checkGrouped(select, groups);
    KnownFunction.passTime(select, groups, eventTime, values);
    List<Field> columns = new SelectList(notes, false).columns(select, groups, source);
    Expressions conditions = events;
    if (window.kind() != Window.Kind.SNAPSHOT
        && select.groupBy().stream().anyMatch(Window::isTimestamp)) {
      keys.add(eventTime.text()); // The instants of a window.
    }
    keys.addAll(List.of("window_start", "window_end", "window_time"));
    String rest =
        "\nFROM "
            + read.sql(source.table().orElseThrow(), source.time().orElseThrow().column())
            + " AS "
            + PartitionedInput.alias(source)
            + where.map(condition -> "\nWHERE " + conditions.of(condition).text()).orElse("")
            + "\nGROUP BY "
            + String.join(", ", keys)
            + Stream.concat(
                    having(select, source.scope(), values, end, notes, true, rowTime).stream(),
                    read.condition().stream())
                .reduce((one, other) -> one + " AND " + other)
                .map(sql -> "\nHAVING " + sql)
                .orElse("");
    Optional<TimeAttribute> ends =
        Optional.of(new TimeAttribute(TimeAttribute.IN_VIEWS, "window_time", time.onUse()));
    return WindowNames.result(purpose, columns, ends, source, rest);
  }

  /** Reports a column that ASA would not accept here. */
  static void checkGrouped(Query.Select select, Expressions in) {
    List<String> keys = keys(select, in);
    for (Query.Item item : select.items()) {
      if (item instanceof Query.Value value
          && value.expression() instanceof Expression.Column column
          && !Window.isTimestamp(column)) {
        String text = in.of(column).text();
        if (keys.stream().noneMatch(key -> text.equals(key) || text.startsWith(key + "."))) {
          throw new Untranslatable(
              column.at(),
              "'%s' is neither in GROUP BY nor an argument of an aggregate function"
                  .formatted(column.path().get(column.path().size() - 1).text()));
        }
      }
    }
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
        .map(key -> events.of(key).text())
        .toList();
  }

  /** Returns the value of System.Timestamp() in the arguments of aggregate functions. */
  static Sql timeInAggregate(Sql eventTime, Position at, Notes notes) {
    notes.decideOnce(
        at,
        "System.Timestamp() in an aggregate function is the time of each event, not the end of the"
            + " window; ASA's documentation does not say which it is");
    return eventTime;
  }

  private void note(Window window) {
    Position at = window.written().at();
    if (window.kind() == Window.Kind.SESSION) {
      notes.decideOnce(
          at,
          "SessionWindow: a session is cut at the first multiple of its maximum duration at which it"
              + " has lasted that long, as ASA documents; see docs/migrate.md#session-windows");
    } else if (window.kind() == Window.Kind.TUMBLING || window.kind() == Window.Kind.HOPPING) {
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
      boolean aggregates,
      Function<Position, Sql> rowTime) {
    Map<String, Expression> aliases = new HashMap<>();
    for (Query.Item item : select.items()) {
      if (item instanceof Query.Value value && value.name().isPresent() && !isItself(value)) {
        aliases.put(value.name().get().key(), value.expression());
      }
    }
    Expressions in = new Expressions(scope, notes, end, values, aliases, aggregates, rowTime);
    return select.having().map(condition -> in.of(condition).text());
  }

  /** Returns whether a column is selected by its own name. */
  private static boolean isItself(Query.Value value) {
    return value.expression() instanceof Expression.Column column
        && column.path().get(column.path().size() - 1).key().equals(value.name().get().key());
  }
}

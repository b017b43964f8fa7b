package dev.outflow.asa.translation;

import static dev.outflow.sampling.column.ColumnType.Scalar.TIME;

import dev.outflow.asa.column.Slot;
import dev.outflow.asa.query.Expression;
import dev.outflow.asa.query.Name;
import dev.outflow.asa.query.Position;
import dev.outflow.asa.query.Query;
import dev.outflow.asa.report.Section;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Translates queries. */
final class QueryTranslator {
  /** What becomes of a query's rows. */
  private enum Purpose {
    /** Written to an output, which can have one time attribute. */
    OUTPUT,
    /** Read by another query, which can need the time. */
    VIEW,
    /** Written to an output together with other rows. */
    BRANCH
  }

  private static final Duration DAY = Duration.ofDays(1);

  private final Notes notes;
  private final Views views;
  private final Sources sources;
  private final boolean collecting;

  QueryTranslator(
      Map<String, InputTable> inputs,
      Map<String, Optional<Step>> steps,
      Notes notes,
      Views views,
      boolean collecting) {
    this.notes = notes;
    this.views = views;
    this.collecting = collecting;
    this.sources = new Sources(inputs, steps, this, notes, views, collecting);
  }

  /** Translates a query whose rows are all that is written to an output. */
  Result output(Query query) {
    return translate(query, Purpose.OUTPUT);
  }

  /** Translates a query whose rows are some of those written to an output. */
  Result branch(Query query) {
    return translate(query, Purpose.BRANCH);
  }

  /** Translates a query that others read. */
  Result view(Query query) {
    return translate(query, Purpose.VIEW);
  }

  private Result translate(Query query, Purpose purpose) {
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
    From from = sources.of(select.from());
    Map<Expression, Sql> computed = new HashMap<>();
    from = Overs.compute(select, from, notes, views, computed);
    List<Expression> windows = select.groupBy().stream().filter(Window::isWindow).toList();
    if (select.groupBy().isEmpty()) {
      return plain(select, from, computed, purpose);
    }
    if (windows.size() != 1) {
      throw new Untranslatable(
          select.groupBy().get(0).at(),
          windows.isEmpty()
              ? "GROUP BY needs a window, or System.Timestamp()"
              : "GROUP BY with several windows");
    }
    Window window = Window.of(windows.get(0));
    return window.kind() == Window.Kind.SLIDING
        ? sliding(select, from, computed, window, purpose)
        : grouped(select, from, computed, window, purpose);
  }

  /** A row for each event; WHERE is evaluated before the window, HAVING after it. */
  private Result sliding(
      Query.Select select,
      From from,
      Map<Expression, Sql> computed,
      Window window,
      Purpose purpose) {
    notes.differs(
        window.written().at(),
        "SlidingWindow: there is a row for each event that enters the window, and none when an event"
            + " leaves it; ASA writes one for each instant of both",
        Section.SLIDING_COUNT);
    From source = from;
    if (select.where().isPresent()) {
      Expressions in =
          new Expressions(from.scope(), notes, at -> time(from, at), computed, Map.of(), false);
      source =
          views.add("source", from, List.of(), "\nWHERE " + in.of(select.where().get()).text());
    }
    From rows = Overs.sliding(select, source, window.size(), notes, views, computed);
    Expressions in =
        new Expressions(rows.scope(), notes, at -> time(rows, at), computed, Map.of(), true);
    List<Field> columns = columns(select, in, rows);
    String having =
        select
            .having()
            .map(
                condition ->
                    "\nWHERE "
                        + having(select, rows, computed, at -> time(rows, at)).of(condition).text())
            .orElse("");
    return result(
        columns, rows.time(), purpose, sql -> sql + "\nFROM " + rows.sql() + having, rows);
  }

  private Result plain(
      Query.Select select, From from, Map<Expression, Sql> computed, Purpose purpose) {
    select
        .having()
        .ifPresent(
            having -> {
              throw new Untranslatable(having.at(), "HAVING needs GROUP BY with a window");
            });
    Expressions in =
        new Expressions(from.scope(), notes, at -> time(from, at), computed, Map.of(), false);
    List<Field> columns = columns(select, in, from);
    String where = select.where().map(condition -> "\nWHERE " + in.of(condition).text()).orElse("");
    Optional<TimeAttribute> time = from.time();
    return result(columns, time, purpose, sql -> sql + "\nFROM " + from.sql() + where, from);
  }

  private Result grouped(
      Query.Select select,
      From from,
      Map<Expression, Sql> computed,
      Window window,
      Purpose purpose) {
    From source = from.table().isPresent() ? from : views.add("source", from, List.of());
    TimeAttribute time =
        source
            .time()
            .map(attribute -> attribute.usedAt(window.written().at()))
            .orElseThrow(
                () ->
                    new Untranslatable(
                        window.written().at(),
                        "a window over this join: the time of its rows is not that of one input",
                        Section.JOIN_WITHIN_A_TIME));
    note(window);
    Expressions events =
        new Expressions(source.scope(), notes, at -> timeOf(time), computed, Map.of(), false);
    List<String> keys = new ArrayList<>();
    select.groupBy().stream()
        .filter(key -> !Window.isWindow(key))
        .forEach(key -> keys.add(events.of(key).text()));
    keys.addAll(List.of("window_start", "window_end", "window_time"));
    Function<Position, Sql> end =
        at ->
            new Sql(
                window.end(),
                Optional.of(TIME),
                Optional.empty(),
                window.kind() != Window.Kind.SESSION);
    Expressions in = new Expressions(source.scope(), notes, end, computed, Map.of(), true);
    List<Field> columns = columns(select, in, source);
    String alias =
        from.table().isPresent() ? alias(from.sql()) : Sql.name(source.table().orElseThrow());
    String where =
        select.where().map(condition -> "\nWHERE " + events.of(condition).text()).orElse("");
    String having =
        select
            .having()
            .map(
                condition ->
                    "\nHAVING " + having(select, source, computed, end).of(condition).text())
            .orElse("");
    List<String> partition =
        window.written().over().map(Expression.Over::partitionBy).orElse(List.of()).stream()
            .map(key -> unqualified(events.of(key).text(), key.at()))
            .toList();
    String table = window.sql(source.table().orElseThrow(), time.column(), partition);
    Optional<TimeAttribute> ends =
        Optional.of(new TimeAttribute(TimeAttribute.IN_VIEWS, "window_time", time.onUse()));
    return result(
        columns,
        ends,
        purpose,
        sql ->
            sql
                + "\nFROM "
                + table
                + " AS "
                + alias
                + where
                + "\nGROUP BY "
                + String.join(", ", keys)
                + having,
        source);
  }

  private Expressions having(
      Query.Select select,
      From source,
      Map<Expression, Sql> computed,
      Function<Position, Sql> end) {
    Map<String, Expression> aliases = new HashMap<>();
    for (Query.Item item : select.items()) {
      if (item instanceof Query.Value value && value.name().isPresent() && !isItself(value)) {
        aliases.put(value.name().get().key(), value.expression());
      }
    }
    return new Expressions(source.scope(), notes, end, computed, aliases, true);
  }

  /** Returns whether a column is selected by its own name. */
  private static boolean isItself(Query.Value value) {
    return value.expression() instanceof Expression.Column column
        && column.path().get(column.path().size() - 1).key().equals(value.name().get().key());
  }

  private void note(Window window) {
    Position at = window.written().at();
    if (window.kind() == Window.Kind.SESSION) {
      notes.differs(
          at,
          "SessionWindow: Flink has no maximum duration; a session ends with the timeout only",
          Section.SESSION_WINDOWS);
    }
    long period = window.hop().toMillis();
    boolean aligned =
        window.kind() == Window.Kind.SESSION
            || window.kind() == Window.Kind.SNAPSHOT
            || DAY.toMillis() % period == 0
            || window.hop().equals(DAY);
    if (!aligned) {
      notes.differs(
          at,
          "windows of this length do not begin at midnight each day: Flink counts them from"
              + " 1970-01-01, and ASA's documentation does not say from when ASA does",
          Section.WINDOWS);
    }
  }

  private static String unqualified(String sql, Position at) {
    int dot = sql.lastIndexOf(".`");
    if (!sql.startsWith("`") || sql.contains("(")) {
      throw new Untranslatable(at, "PARTITION BY of a session must name a column");
    }
    return sql.substring(dot + 1);
  }

  /** Returns the alias in {@code `table` AS `alias`}. */
  private static String alias(String sql) {
    int as = sql.lastIndexOf(" AS ");
    return as < 0 ? sql : sql.substring(as + " AS ".length());
  }

  private static Sql timeOf(TimeAttribute time) {
    return new Sql(time.sql(), Optional.of(TIME), Optional.empty(), true);
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

  private List<Field> columns(Query.Select select, Expressions in, From from) {
    List<Field> columns = new ArrayList<>();
    for (Query.Item item : select.items()) {
      if (item instanceof Query.Star star) {
        columns.addAll(star(star, in, from, !select.groupBy().isEmpty()));
      } else if (item instanceof Query.Value value) {
        columns.add(column(value, in, columns.size() + 1));
      }
    }
    Set<String> names = new HashSet<>();
    for (Field column : columns) {
      if (!names.add(column.key())) {
        throw new Untranslatable(
            select.at(), "two columns are named '%s'; rename one with AS".formatted(column.name()));
      }
    }
    return columns;
  }

  private Field column(Query.Value value, Expressions in, int number) {
    Expression expression = value.expression();
    Sql sql = in.of(expression);
    if (expression instanceof Expression.Null || sql.text().equals("NULL")) {
      sql = Sql.of("CAST(NULL AS STRING)", dev.outflow.sampling.column.ColumnType.Scalar.STRING);
    }
    String name = value.name().map(Name::text).orElseGet(() -> name(expression, number));
    // While uses are collected, a column that is passed on stays the same column.
    Slot slot =
        sql.slot()
            .orElse(
                sql.type()
                    .map(type -> Slot.declared(name, type))
                    .orElseGet(() -> Slot.used(name, value.at())));
    return new Field(name, sql.text(), slot, sql.isTimeAttribute());
  }

  private String name(Expression expression, int number) {
    if (expression instanceof Expression.Column column && !Window.isTimestamp(column)) {
      return column.path().get(column.path().size() - 1).text();
    }
    if (expression instanceof Expression.Field field) {
      return field.name().text();
    }
    if (expression instanceof Expression.Call call && Aggregates.isAggregate(call)) {
      return call.function();
    }
    String name = "column_" + number;
    notes.decide(expression.at(), "the column has no name; it is named '%s' here".formatted(name));
    return name;
  }

  private List<Field> star(Query.Star star, Expressions in, From from, boolean grouped) {
    if (grouped) {
      throw new Untranslatable(star.at(), "SELECT * with GROUP BY");
    }
    List<Relation> relations = from.scope().relations();
    if (star.of().isEmpty()) {
      if (relations.size() > 1) {
        throw new Untranslatable(star.at(), "SELECT * of a join: list the columns");
      }
      return all(relations.get(0), star);
    }
    Optional<Relation> relation =
        star.of().size() == 1 ? from.scope().relation(star.of().get(0)) : Optional.empty();
    if (relation.isPresent()) {
      return all(relation.get(), star);
    }
    Sql record = in.of(new Expression.Column(star.of(), star.at()));
    List<Field> fields = new ArrayList<>();
    record
        .slot()
        .ifPresent(
            slot ->
                slot.fields()
                    .forEach(
                        field ->
                            fields.add(
                                new Field(
                                    field.name(),
                                    record.text() + "." + Sql.name(field.name()),
                                    field,
                                    false))));
    if (fields.isEmpty() && !collecting) {
      throw new Untranslatable(
          star.at(), "the fields of the record are not known; give a sample with --sample");
    }
    return fields;
  }

  private List<Field> all(Relation relation, Query.Star star) {
    List<Field> fields = relation.fields();
    if (fields.isEmpty() && !collecting) {
      throw new Untranslatable(
          star.at(),
          "SELECT *: the columns are not known; give a sample with --sample INPUT=FILE, or declare"
              + " them with CREATE TABLE");
    }
    if (!collecting) {
      notes.decide(
          star.at(),
          "SELECT * passes on the declared columns only: %s"
              .formatted(String.join(", ", fields.stream().map(Field::name).toList())));
    }
    return fields;
  }

  private Result result(
      List<Field> columns,
      Optional<TimeAttribute> time,
      Purpose purpose,
      Function<String, String> rest,
      From from) {
    List<String> selected = new ArrayList<>();
    boolean first = purpose == Purpose.OUTPUT;
    for (Field column : columns) {
      boolean keep = column.isTimeAttribute() && first;
      selected.add((keep ? column.sql() : Views.plain(column)) + " AS " + Sql.name(column.name()));
      first &= !keep;
    }
    if (purpose == Purpose.VIEW) {
      time.ifPresent(
          attribute -> selected.add(attribute.sql() + " AS " + Sql.name(TimeAttribute.IN_VIEWS)));
    }
    String sql = rest.apply("SELECT " + String.join(",\n  ", selected));
    Function<Name, Optional<Field>> more =
        name ->
            collecting && from.scope().relations().size() == 1
                ? from.scope().relations().get(0).find(name)
                : Optional.empty();
    return new Result(sql, columns, purpose == Purpose.VIEW ? time : Optional.empty(), more);
  }
}

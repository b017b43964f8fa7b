package dev.outflow.asa.translation;

import static dev.outflow.sampling.column.ColumnType.Scalar.STRING;

import dev.outflow.asa.query.Expression;
import dev.outflow.asa.query.Query;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** GROUP BY {@code Windows(...)}: the results of one query for each window. */
final class SeveralWindows {
  private SeveralWindows() {}

  /**
   * One query of several.
   *
   * @param select with a single window
   * @param id of the window, which is the value of {@code System.Window().Id}
   */
  record OneWindow(Query.Select select, Sql id) {}

  /** Returns the call in GROUP BY, if there is one. */
  static Optional<Expression.Call> in(Query.Select select) {
    return select.groupBy().stream()
        .filter(key -> key instanceof Expression.Call call && call.function().equals("windows"))
        .map(Expression.Call.class::cast)
        .findFirst();
  }

  /** Returns whether an expression is {@code System.Window().Id}. */
  static boolean isId(Expression expression) {
    return expression instanceof Expression.Field field
        && field.of() instanceof Expression.Call call
        && call.function().equals("system.window")
        && field.name().key().equals("id");
  }

  /** Returns the calls of {@code System.Window()}. */
  static List<Expression.Call> ids(Query.Select select) {
    List<Expression.Call> calls = new ArrayList<>();
    for (Query.Item item : select.items()) {
      if (item instanceof Query.Value value) {
        Calls.named(value.expression(), "system.window", calls);
      }
    }
    select.having().ifPresent(having -> Calls.named(having, "system.window", calls));
    return calls;
  }

  /** Returns the id of a window that has none. */
  static Sql noId() {
    return Sql.of("CAST(NULL AS STRING)", STRING);
  }

  static List<OneWindow> split(Query.Select select, Expression.Call windows) {
    List<OneWindow> queries = new ArrayList<>();
    for (Expression window : windows.arguments()) {
      Expression definition = window;
      Sql id = noId();
      if (window instanceof Expression.Call call && call.function().equals("window")) {
        if (!(Functions.argument(call, 2, 0) instanceof Expression.Text text)) {
          throw new Untranslatable(call.at(), "the id of a window must be a text");
        }
        // Literals of several lengths would be padded.
        id = Sql.of("CAST(%s AS STRING)".formatted(Sql.literal(text.value())), STRING);
        definition = call.arguments().get(1);
      }
      if (!Window.isWindow(definition)
          || (definition instanceof Expression.Call call && call.function().equals("windows"))) {
        throw new Untranslatable(definition.at(), "Windows() needs windows as its arguments");
      }
      queries.add(new OneWindow(with(select, windows, definition), id));
    }
    if (queries.isEmpty()) {
      throw new Untranslatable(windows.at(), "Windows() needs windows as its arguments");
    }
    return queries;
  }

  private static Query.Select with(Query.Select select, Expression windows, Expression definition) {
    return new Query.Select(
        select.distinct(),
        select.top(),
        select.items(),
        select.into(),
        select.from(),
        select.where(),
        select.groupBy().stream().map(key -> key == windows ? definition : key).toList(),
        select.having(),
        select.at());
  }
}

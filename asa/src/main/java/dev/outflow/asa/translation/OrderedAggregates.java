package dev.outflow.asa.translation;

import static dev.outflow.sampling.column.ColumnType.Scalar.BIGINT;
import static dev.outflow.sampling.column.ColumnType.Scalar.DOUBLE;
import static dev.outflow.sampling.column.ColumnType.Scalar.TIME;
import static java.util.stream.Collectors.joining;

import dev.outflow.asa.query.Expression;
import dev.outflow.asa.query.Expression.Call;
import dev.outflow.sampling.column.ColumnType;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Translates aggregate functions with {@code OVER (ORDER BY ...)}. */
final class OrderedAggregates {
  private static final Set<String> NAMES =
      Set.of("topone", "collecttop", "percentile_cont", "percentile_disc");

  private OrderedAggregates() {}

  /** Returns whether OVER orders the rows of a window, and does not select rows by their age. */
  static boolean isOrdered(Call call) {
    return NAMES.contains(call.function())
        && call.over()
            .filter(over -> !over.orderBy().isEmpty())
            .filter(over -> over.limit().isEmpty() && over.partitionBy().isEmpty())
            .isPresent();
  }

  static Sql topOne(Call call, Expressions in) {
    List<Expression.Order> order = order(call, in);
    Sql value =
        call.arguments().isEmpty()
            ? EventRecord.of(call, in)
            : in.of(Functions.argument(call, 1, 0));
    return new Sql(
        "TOPONE(%s, %s)".formatted(value.text(), keys(order, in)),
        value.type(),
        value.slot(),
        false);
  }

  static Sql collectTop(Call call, Expressions in) {
    List<Expression.Order> order = order(call, in);
    Expression rows =
        Functions.argument(call, Math.min(2, Math.max(1, call.arguments().size())), 0);
    long number =
        Units.whole(rows)
            .filter(count -> count > 0)
            .orElseThrow(
                () -> new Untranslatable(rows.at(), "the number of events must be a literal"));
    Sql value =
        call.arguments().size() == 1 ? EventRecord.of(call, in) : in.of(call.arguments().get(1));
    ColumnType ranked = new ColumnType.Row(Map.of("rank", BIGINT, "value", Aggregates.type(value)));
    return Aggregates.declared(
        "COLLECTTOP(%d, %s, %s)".formatted(number, value.text(), keys(order, in)),
        new ColumnType.Array(ranked),
        call);
  }

  static Sql percentile(Call call, Expressions in) {
    Expression.Order order = order(call, in).get(0);
    Expression fraction = Functions.argument(call, 1, 0);
    if (!(fraction instanceof Expression.Numeral literal)) {
      throw new Untranslatable(fraction.at(), "the percentile must be a literal");
    }
    Sql number = in.number(order.key());
    boolean isDiscrete = call.function().equals("percentile_disc");
    if (isDiscrete && order.descending()) {
      throw new Untranslatable(call.at(), "PERCENTILE_DISC with DESC");
    }
    String text =
        "%s(CAST(%s AS DOUBLE), %s)"
            .formatted(
                isDiscrete ? "PERCENTILE_DISC" : "PERCENTILE",
                number.text(),
                order.descending() ? "1 - " + literal.value() : literal.value());
    return isDiscrete && number.isWhole()
        ? Sql.of("CAST(%s AS BIGINT)".formatted(text), BIGINT)
        : Sql.of(text, DOUBLE);
  }

  private static List<Expression.Order> order(Call call, Expressions in) {
    Aggregates.checkPlace(call, in);
    if (!isOrdered(call)) {
      throw new Untranslatable(
          call.at(),
          "%s is supported with OVER (ORDER BY ...) in a query with GROUP BY a window"
              .formatted(call.written()));
    }
    return call.over().orElseThrow().orderBy();
  }

  /** Returns the order and the keys as arguments. */
  private static String keys(List<Expression.Order> order, Expressions in) {
    String directions =
        order.stream().map(key -> key.descending() ? "DESC" : "ASC").collect(joining(", "));
    return order.stream()
        .map(key -> key(key.key(), in))
        .collect(joining(", ", Sql.literal(directions) + ", ", ""));
  }

  private static String key(Expression key, Expressions in) {
    Sql sql = in.of(key);
    if (sql.isTimeAttribute()) {
      return "CAST(%s AS TIMESTAMP_LTZ(3))".formatted(sql.text());
    }
    return sql.is(TIME) ? sql.text() : in.number(key).text();
  }
}

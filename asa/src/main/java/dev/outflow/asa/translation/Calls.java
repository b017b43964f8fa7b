package dev.outflow.asa.translation;

import dev.outflow.asa.query.Expression;
import java.util.List;
import java.util.function.Predicate;

/** Finds calls in expressions. */
final class Calls {
  private Calls() {}

  /** Adds the calls with OVER, and those of ISFIRST, in order, each once. */
  static void withOver(Expression expression, List<Expression.Call> into) {
    find(expression, call -> call.over().isPresent() || EarlierRows.isEarlierRow(call), into);
  }

  /** Adds the calls of aggregate functions of a window, in order, each once. */
  static void aggregates(Expression expression, List<Expression.Call> into) {
    find(
        expression,
        call ->
            OrderedAggregates.isOrdered(call)
                || (call.over().isEmpty() && Aggregates.isAggregate(call)),
        into);
  }

  /** Adds the calls of a function. */
  static void named(Expression expression, String function, List<Expression.Call> into) {
    find(expression, call -> call.function().equals(function), into);
  }

  private static void find(
      Expression expression, Predicate<Expression.Call> wanted, List<Expression.Call> into) {
    if (expression instanceof Expression.Call call) {
      if (wanted.test(call)) {
        if (!into.contains(call)) {
          into.add(call);
        }
        return;
      }
      call.arguments().forEach(argument -> find(argument, wanted, into));
    } else if (expression instanceof Expression.Field field) {
      find(field.of(), wanted, into);
    } else if (expression instanceof Expression.Unary unary) {
      find(unary.operand(), wanted, into);
    } else if (expression instanceof Expression.Binary binary) {
      find(binary.left(), wanted, into);
      find(binary.right(), wanted, into);
    } else if (expression instanceof Expression.Case cases) {
      cases.operand().ifPresent(operand -> find(operand, wanted, into));
      cases
          .whens()
          .forEach(
              when -> {
                find(when.condition(), wanted, into);
                find(when.result(), wanted, into);
              });
      cases.otherwise().ifPresent(otherwise -> find(otherwise, wanted, into));
    } else if (expression instanceof Expression.Cast cast) {
      find(cast.operand(), wanted, into);
    } else if (expression instanceof Expression.In in) {
      find(in.operand(), wanted, into);
      in.values().forEach(value -> find(value, wanted, into));
    } else if (expression instanceof Expression.Between between) {
      find(between.operand(), wanted, into);
      find(between.low(), wanted, into);
      find(between.high(), wanted, into);
    } else if (expression instanceof Expression.Like like) {
      find(like.operand(), wanted, into);
    } else if (expression instanceof Expression.IsNull isNull) {
      find(isNull.operand(), wanted, into);
    }
  }
}

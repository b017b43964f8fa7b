package dev.outflow.asa.translation;

import dev.outflow.asa.query.Expression;
import dev.outflow.asa.query.Query;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Finds calls and columns in expressions. */
final class Calls {
  private Calls() {}

  /** Adds the calls with OVER, and those of ISFIRST, in order, each once. */
  static void withOver(Query.Select select, List<Expression.Call> into) {
    find(
        select,
        Expression.Call.class,
        call -> call.over().isPresent() || EarlierRows.isEarlierRow(call),
        into);
  }

  private static void aggregates(Expression expression, List<Expression.Call> into) {
    find(
        expression,
        Expression.Call.class,
        call ->
            OrderedAggregates.isOrdered(call)
                || (call.over().isEmpty() && Aggregates.isAggregate(call)),
        into);
  }

  /** Returns the calls of aggregate functions of a window in SELECT and HAVING. */
  static List<Expression.Call> aggregates(Query.Select select) {
    List<Expression.Call> calls = new ArrayList<>();
    for (Query.Item item : select.items()) {
      if (item instanceof Query.Value value) {
        aggregates(value.expression(), calls);
      }
    }
    select.having().ifPresent(having -> aggregates(having, calls));
    return calls;
  }

  /** Adds the calls of a function. */
  static void named(Expression expression, String function, List<Expression.Call> into) {
    find(expression, Expression.Call.class, call -> call.function().equals(function), into);
  }

  /** Adds the parts of SELECT, WHERE and HAVING. */
  static <T extends Expression> void find(
      Query.Select select, Class<T> type, Predicate<T> wanted, List<T> into) {
    for (Query.Item item : select.items()) {
      if (item instanceof Query.Value value) {
        find(value.expression(), type, wanted, into);
      }
    }
    select.where().ifPresent(where -> find(where, type, wanted, into));
    select.having().ifPresent(having -> find(having, type, wanted, into));
  }

  /** Adds the parts of a type in order, each once; a part of one that is added is not searched. */
  static <T extends Expression> void find(
      Expression expression, Class<T> type, Predicate<T> wanted, List<T> into) {
    if (type.isInstance(expression) && wanted.test(type.cast(expression))) {
      if (!into.contains(type.cast(expression))) {
        into.add(type.cast(expression));
      }
      return;
    }
    if (expression instanceof Expression.Call call) {
      call.arguments().forEach(argument -> find(argument, type, wanted, into));
    } else if (expression instanceof Expression.Field field) {
      find(field.of(), type, wanted, into);
    } else if (expression instanceof Expression.Unary unary) {
      find(unary.operand(), type, wanted, into);
    } else if (expression instanceof Expression.Binary binary) {
      find(binary.left(), type, wanted, into);
      find(binary.right(), type, wanted, into);
    } else if (expression instanceof Expression.Case cases) {
      cases.operand().ifPresent(operand -> find(operand, type, wanted, into));
      cases
          .whens()
          .forEach(
              when -> {
                find(when.condition(), type, wanted, into);
                find(when.result(), type, wanted, into);
              });
      cases.otherwise().ifPresent(otherwise -> find(otherwise, type, wanted, into));
    } else if (expression instanceof Expression.Cast cast) {
      find(cast.operand(), type, wanted, into);
    } else if (expression instanceof Expression.In in) {
      find(in.operand(), type, wanted, into);
      in.values().forEach(value -> find(value, type, wanted, into));
    } else if (expression instanceof Expression.Between between) {
      find(between.operand(), type, wanted, into);
      find(between.low(), type, wanted, into);
      find(between.high(), type, wanted, into);
    } else if (expression instanceof Expression.Like like) {
      find(like.operand(), type, wanted, into);
    } else if (expression instanceof Expression.IsNull isNull) {
      find(isNull.operand(), type, wanted, into);
    }
  }
}

package dev.outflow.asa.translation;

import dev.outflow.asa.query.Expression;
import java.util.List;

/** Finds calls in expressions. */
final class Calls {
  private Calls() {}

  /** Adds the calls with OVER, in order, each once. */
  static void withOver(Expression expression, List<Expression.Call> into) {
    if (expression instanceof Expression.Call call) {
      if (call.over().isPresent()) {
        if (!into.contains(call)) {
          into.add(call);
        }
        return;
      }
      call.arguments().forEach(argument -> withOver(argument, into));
    } else if (expression instanceof Expression.Field field) {
      withOver(field.of(), into);
    } else if (expression instanceof Expression.Unary unary) {
      withOver(unary.operand(), into);
    } else if (expression instanceof Expression.Binary binary) {
      withOver(binary.left(), into);
      withOver(binary.right(), into);
    } else if (expression instanceof Expression.Case cases) {
      cases.operand().ifPresent(operand -> withOver(operand, into));
      cases
          .whens()
          .forEach(
              when -> {
                withOver(when.condition(), into);
                withOver(when.result(), into);
              });
      cases.otherwise().ifPresent(otherwise -> withOver(otherwise, into));
    } else if (expression instanceof Expression.Cast cast) {
      withOver(cast.operand(), into);
    } else if (expression instanceof Expression.In in) {
      withOver(in.operand(), into);
      in.values().forEach(value -> withOver(value, into));
    } else if (expression instanceof Expression.Between between) {
      withOver(between.operand(), into);
      withOver(between.low(), into);
      withOver(between.high(), into);
    } else if (expression instanceof Expression.Like like) {
      withOver(like.operand(), into);
    } else if (expression instanceof Expression.IsNull isNull) {
      withOver(isNull.operand(), into);
    }
  }
}

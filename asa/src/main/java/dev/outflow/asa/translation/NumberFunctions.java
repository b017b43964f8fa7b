package dev.outflow.asa.translation;

import static dev.outflow.sampling.column.ColumnType.Scalar.DOUBLE;
import static java.util.stream.Collectors.joining;

import dev.outflow.asa.query.Expression;
import dev.outflow.asa.query.Expression.Call;
import java.util.Optional;

/** Translates functions of numbers. */
final class NumberFunctions {
  private NumberFunctions() {}

  static Sql sameNumber(String name, Call call, Expressions in) {
    Sql number = in.number(Functions.argument(call, 1, 0));
    return new Sql("%s(%s)".formatted(name, number.text()), number.type(), Optional.empty(), false);
  }

  static Sql float64(String name, int count, Call call, Expressions in) {
    Functions.argument(call, count, 0);
    return Sql.of(
        call.arguments().stream()
            .map(argument -> "CAST(%s AS DOUBLE)".formatted(in.number(argument).text()))
            .collect(joining(", ", name + "(", ")")),
        DOUBLE);
  }

  static Sql square(Call call, Expressions in) {
    String number =
        "CAST(%s AS DOUBLE)".formatted(in.number(Functions.argument(call, 1, 0)).text());
    return Sql.of("(%s * %s)".formatted(number, number), DOUBLE);
  }

  static Sql round(Call call, Expressions in) {
    Expression value =
        call.arguments().isEmpty() ? Functions.argument(call, 2, 0) : call.arguments().get(0);
    Sql number = in.number(value);
    String digits =
        call.arguments().size() == 1 ? "0" : Functions.integer(Functions.argument(call, 2, 1), in);
    return new Sql(
        "ROUND(%s, %s)".formatted(number.text(), digits), number.type(), Optional.empty(), false);
  }
}

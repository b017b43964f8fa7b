package dev.outflow.asa.translation;

import static dev.outflow.sampling.column.ColumnType.Scalar.BIGINT;
import static dev.outflow.sampling.column.ColumnType.Scalar.BOOLEAN;
import static dev.outflow.sampling.column.ColumnType.Scalar.DOUBLE;
import static dev.outflow.sampling.column.ColumnType.Scalar.INT;
import static dev.outflow.sampling.column.ColumnType.Scalar.STRING;

import dev.outflow.asa.query.Expression;
import dev.outflow.sampling.column.ColumnType;
import java.util.Optional;

/** Translates operators, except comparisons. */
final class Operators {
  private Operators() {}

  static Sql unary(Expression.Unary unary, Expressions in) {
    if (unary.operator().equals("NOT")) {
      // A comparison with NULL is false in ASA, so that NOT is true.
      return Sql.of("(%s IS NOT TRUE)".formatted(in.of(unary.operand()).text()), BOOLEAN);
    }
    if (unary.operator().equals("~")) {
      Sql operand = bits(unary.operand(), in);
      return new Sql(
          "BITNOT(%s)".formatted(operand.text()), operand.type(), Optional.empty(), false);
    }
    Sql operand = in.number(unary.operand());
    return new Sql(
        "(%s%s)".formatted(unary.operator(), operand.text()),
        operand.type(),
        Optional.empty(),
        false);
  }

  static Sql binary(Expression.Binary binary, Expressions in) {
    return switch (binary.operator()) {
      case "AND", "OR" ->
          Sql.of(
              "(%s %s %s)"
                  .formatted(
                      in.of(binary.left()).text(), binary.operator(), in.of(binary.right()).text()),
              BOOLEAN);
      case "+", "||" -> plus(binary, in);
      case "-", "*", "/", "%" -> arithmetic(binary, in);
      case "&" -> bits("BITAND", binary, in);
      case "|" -> bits("BITOR", binary, in);
      case "^" -> bits("BITXOR", binary, in);
      default ->
          Comparisons.compare(binary.operator(), binary.left(), binary.right(), binary.at(), in);
    };
  }

  private static Sql plus(Expression.Binary binary, Expressions in) {
    if (isText(binary.left(), in) || isText(binary.right(), in)) {
      return Sql.of(
          "(%s || %s)".formatted(in.text(binary.left()).text(), in.text(binary.right()).text()),
          STRING);
    }
    return arithmetic(binary, in);
  }

  private static boolean isText(Expression expression, Expressions in) {
    return expression instanceof Expression.Text
        || (expression instanceof Expression.Binary binary
            && (binary.operator().equals("+") || binary.operator().equals("||"))
            && (isText(binary.left(), in) || isText(binary.right(), in)))
        || in.of(expression).is(STRING);
  }

  private static Sql arithmetic(Expression.Binary binary, Expressions in) {
    Sql left = in.number(binary.left());
    Sql right = in.number(binary.right());
    if (binary.operator().equals("/") && left.isWhole() && right.isWhole()) {
      in.notes()
          .decideOnce(
              binary.at(),
              "whole numbers are divided without decimals, as in T-SQL; ASA's documentation does not"
                  + " say what ASA does. For decimals, cast one of them to float");
    }
    boolean ints = left.is(INT) && right.is(INT);
    String first = ints ? "CAST(%s AS BIGINT)".formatted(left.text()) : left.text();
    ColumnType type = left.isWhole() && right.isWhole() ? BIGINT : DOUBLE;
    String text = "(%s %s %s)".formatted(first, binary.operator(), right.text());
    return left.type().isEmpty() || right.type().isEmpty() ? Sql.untyped(text) : Sql.of(text, type);
  }

  /** A bit stays a bit; of a bit and a number, both are numbers. */
  private static Sql bits(String function, Expression.Binary binary, Expressions in) {
    Sql left = bits(binary.left(), in);
    Sql right = bits(binary.right(), in);
    boolean bits = left.is(BOOLEAN) && right.is(BOOLEAN);
    return Sql.of(
        "%s(%s, %s)"
            .formatted(
                function,
                bits ? left.text() : asNumber(left),
                bits ? right.text() : asNumber(right)),
        bits ? BOOLEAN : BIGINT);
  }

  private static Sql bits(Expression operand, Expressions in) {
    Sql sql = in.of(operand);
    return sql.is(BOOLEAN) ? sql : in.whole(operand);
  }

  private static String asNumber(Sql operand) {
    return operand.is(BOOLEAN) ? "CAST(%s AS BIGINT)".formatted(operand.text()) : operand.text();
  }
}

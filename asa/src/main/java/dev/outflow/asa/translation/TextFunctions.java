package dev.outflow.asa.translation;

import static dev.outflow.sampling.column.ColumnType.Scalar.BIGINT;
import static dev.outflow.sampling.column.ColumnType.Scalar.INT;
import static dev.outflow.sampling.column.ColumnType.Scalar.STRING;
import static java.util.stream.Collectors.joining;

import dev.outflow.asa.query.Expression;
import dev.outflow.asa.query.Expression.Call;

/** Translates functions of text. */
final class TextFunctions {
  private TextFunctions() {}

  static Sql length(Call call, Expressions in) {
    return Sql.of("CHAR_LENGTH(RTRIM(%s))".formatted(in.text(argument(call, 1, 0)).text()), INT);
  }

  static Sql texts(String name, int count, Call call, Expressions in) {
    argument(call, count, 0);
    return Sql.of(
        call.arguments().stream()
            .map(argument -> in.text(argument).text())
            .collect(joining(", ", name + "(", ")")),
        STRING);
  }

  static Sql charIndex(Call call, Expressions in) {
    if (call.arguments().size() == 3) {
      return Sql.of(
          "LOCATE(%s, %s, %s)"
              .formatted(
                  in.text(call.arguments().get(0)).text(),
                  in.text(call.arguments().get(1)).text(),
                  integer(call.arguments().get(2), in)),
          INT);
    }
    argument(call, 2, 0);
    return Sql.of(
        "LOCATE(%s, %s)"
            .formatted(
                in.text(call.arguments().get(0)).text(), in.text(call.arguments().get(1)).text()),
        INT);
  }

  /** Flink counts characters as T-SQL does, but only from 1 on. */
  static Sql substring(Call call, Expressions in) {
    Expression start = argument(call, 3, 1);
    Expression length = call.arguments().get(2);
    String text = in.text(call.arguments().get(0)).text();
    boolean isInFlink =
        Units.whole(start).filter(value -> value >= 1).isPresent()
            && Units.whole(length).filter(value -> value >= 0).isPresent();
    return Sql.of(
        isInFlink
            ? "SUBSTRING(%s, %s, %s)".formatted(text, integer(start, in), integer(length, in))
            : "MID(%s, %s, %s)".formatted(text, in.whole(start).text(), in.whole(length).text()),
        STRING);
  }

  static Sql cut(String name, Call call, Expressions in) {
    return Sql.of(
        "%s(%s, %s)"
            .formatted(
                name, in.text(argument(call, 2, 0)).text(), integer(call.arguments().get(1), in)),
        STRING);
  }

  static Sql stuff(Call call, Expressions in) {
    return Sql.of(
        "STUFF(%s, %s, %s, %s)"
            .formatted(
                in.text(argument(call, 4, 0)).text(),
                in.whole(call.arguments().get(1)).text(),
                in.whole(call.arguments().get(2)).text(),
                in.text(call.arguments().get(3)).text()),
        STRING);
  }

  static Sql space(Call call, Expressions in) {
    return Sql.of("REPEAT(' ', %s)".formatted(integer(argument(call, 1, 0), in)), STRING);
  }

  static Sql concat(String prefix, int fewest, Call call, Expressions in) {
    if (call.arguments().size() < Math.max(1, fewest)) {
      throw new Untranslatable(call.at(), call.written() + " has too few arguments");
    }
    return Sql.of(
        call.arguments().stream()
            .map(
                argument ->
                    argument instanceof Expression.Null
                        ? "CAST(NULL AS STRING)"
                        : in.text(argument).text())
            .collect(joining(", ", prefix, ")")),
        STRING);
  }

  /** A position in a text, for REGEXMATCH and PATINDEX. */
  static Sql position(String name, Call call, Expressions in) {
    return Sql.of(texts(name, 2, call, in).text(), BIGINT);
  }

  static Sql unicode(Call call, Expressions in) {
    return Sql.of("UNICODE(%s)".formatted(in.text(argument(call, 1, 0)).text()), BIGINT);
  }

  static Sql character(Call call, Expressions in) {
    return Sql.of("NCHR(%s)".formatted(in.whole(argument(call, 1, 0)).text()), STRING);
  }

  private static Expression argument(Call call, int count, int index) {
    return Functions.argument(call, count, index);
  }

  private static String integer(Expression expression, Expressions in) {
    return Functions.integer(expression, in);
  }
}

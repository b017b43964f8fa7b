package dev.outflow.asa.translation;

import static dev.outflow.sampling.column.ColumnType.Scalar.BOOLEAN;
import static dev.outflow.sampling.column.ColumnType.Scalar.TIME;

import dev.outflow.asa.query.Expression;
import dev.outflow.asa.query.Position;
import dev.outflow.asa.report.Section;
import dev.outflow.sampling.column.ColumnType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Translates comparisons: both sides get one type. */
final class Comparisons {
  private Comparisons() {}

  static Sql compare(
      String operator, Expression left, Expression right, Position at, Expressions in) {
    String sql =
        switch (operator) {
          case "!=" -> "<>";
          case "!<" -> ">=";
          case "!>" -> "<=";
          default -> operator;
        };
    if (left instanceof Expression.Null || right instanceof Expression.Null) {
      throw new Untranslatable(at, "a comparison with NULL is never true; use IS NULL");
    }
    if (sql.equals("=")) {
      RecordFunctions.learnType(left, right, in);
    }
    List<String> operands = comparable(List.of(left, right), !sql.matches("=|<>"), at, in);
    return Sql.of("(%s %s %s)".formatted(operands.get(0), sql, operands.get(1)), BOOLEAN);
  }

  /** Returns expressions of one type. */
  private static List<String> comparable(
      List<Expression> all, boolean ordered, Position at, Expressions in) {
    List<Sql> typed =
        all.stream().filter(one -> !(one instanceof Expression.Text)).map(in::of).toList();
    boolean anyText = typed.size() < all.size();
    if (typed.stream().anyMatch(sql -> sql.is(TIME))
        || (anyText && typed.stream().anyMatch(Sql::isTimeAttribute))) {
      return all.stream().map(one -> in.time(one).text()).toList();
    }
    if (typed.stream().anyMatch(sql -> sql.is(BOOLEAN))) {
      return all.stream().map(one -> bit(one, in)).toList();
    }
    boolean numeric =
        typed.stream().anyMatch(sql -> sql.type().filter(ColumnType::isNumber).isPresent());
    boolean guessed = typed.stream().allMatch(sql -> sql.type().isEmpty());
    if (numeric || (ordered && guessed && !anyText)) {
      return all.stream().map(one -> in.number(one).text()).toList();
    }
    if (typed.stream()
        .anyMatch(
            sql -> sql.type().filter(type -> !(type instanceof ColumnType.Scalar)).isPresent())) {
      throw new Untranslatable(at, "compares a record or an array");
    }
    if (anyText || ordered) {
      noteCase(at, in);
      return all.stream().map(one -> in.text(one).text()).toList();
    }
    return all.stream().map(one -> in.of(one).text()).toList();
  }

  private static String bit(Expression expression, Expressions in) {
    Optional<Long> number = Units.whole(expression);
    if (number.isPresent() && (number.get() == 0 || number.get() == 1)) {
      return number.get() == 1 ? "TRUE" : "FALSE";
    }
    Sql sql = in.of(expression);
    if (!sql.is(BOOLEAN) && sql.type().isPresent()) {
      throw new Untranslatable(
          expression.at(), "is %s, not a bit".formatted(sql.type().get().sql()));
    }
    return sql.text();
  }

  static Sql in(Expression.In in, Expressions expressions) {
    noteNull(in.negated(), in.at(), expressions);
    List<Expression> all = new ArrayList<>(List.of(in.operand()));
    all.addAll(in.values());
    List<String> operands = comparable(all, false, in.at(), expressions);
    return Sql.of(
        "(%s %sIN (%s))"
            .formatted(
                operands.get(0),
                in.negated() ? "NOT " : "",
                String.join(", ", operands.subList(1, operands.size()))),
        BOOLEAN);
  }

  static Sql between(Expression.Between between, Expressions in) {
    noteNull(between.negated(), between.at(), in);
    List<String> operands =
        comparable(
            List.of(between.operand(), between.low(), between.high()), true, between.at(), in);
    return Sql.of(
        "(%s %sBETWEEN %s AND %s)"
            .formatted(
                operands.get(0), between.negated() ? "NOT " : "", operands.get(1), operands.get(2)),
        BOOLEAN);
  }

  static Sql like(Expression.Like like, Expressions in) {
    noteNull(like.negated(), like.at(), in);
    if (like.pattern() instanceof Expression.Text pattern && pattern.value().contains("[")) {
      return withCharacters(like, in);
    }
    if (!(like.pattern() instanceof Expression.Text)) {
      in.notes()
          .differs(
              like.at(),
              "LIKE with a pattern from data: '[' and ']' in it are literal characters",
              Section.TEXT);
    }
    String escape = like.escape().map(value -> " ESCAPE " + in.of(value).text()).orElse("");
    noteCase(like.at(), in);
    return Sql.of(
        "(%s %sLIKE %s%s)"
            .formatted(
                in.text(like.operand()).text(),
                like.negated() ? "NOT " : "",
                in.text(like.pattern()).text(),
                escape),
        BOOLEAN);
  }

  /** Flink's LIKE does not know [a-z]; PATINDEX finds a position wherever LIKE matches. */
  private static Sql withCharacters(Expression.Like like, Expressions in) {
    if (like.escape().isPresent()) {
      throw new Untranslatable(
          like.at(), "LIKE with [...] and ESCAPE: put what is escaped in [...]");
    }
    noteCase(like.at(), in);
    return Sql.of(
        "(PATINDEX(%s, %s) %s 0)"
            .formatted(
                in.text(like.pattern()).text(),
                in.text(like.operand()).text(),
                like.negated() ? "=" : ">"),
        BOOLEAN);
  }

  private static void noteNull(boolean negated, Position at, Expressions in) {
    if (negated) {
      in.notes()
          .decideOnce(
              at,
              "x NOT IN, x NOT LIKE and x NOT BETWEEN are not true if x is NULL, as x <> 1 is not;"
                  + " ASA's documentation does not say whether they are. NOT (x IN ...) is true, as"
                  + " it documents for NOT (x = 1)");
    }
  }

  private static void noteCase(Position at, Expressions in) {
    in.notes()
        .decideOnce(
            at,
            "text comparisons are case-sensitive; ASA's documentation does not say whether they are in"
                + " ASA. If your data has both cases, compare UPPER(column)");
  }
}

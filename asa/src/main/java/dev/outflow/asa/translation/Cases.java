package dev.outflow.asa.translation;

import static dev.outflow.sampling.column.ColumnType.Scalar.BIGINT;
import static dev.outflow.sampling.column.ColumnType.Scalar.DOUBLE;
import static java.util.stream.Collectors.joining;

import dev.outflow.asa.column.Slot;
import dev.outflow.asa.query.Expression;
import dev.outflow.asa.query.Position;
import dev.outflow.sampling.column.ColumnType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Translates CASE, whose results have one type in Flink. */
final class Cases {
  private Cases() {}

  static Sql of(Expression.Case cases, Expressions in) {
    List<String> conditions = new ArrayList<>();
    List<Expression> results = new ArrayList<>();
    for (Expression.When when : cases.whens()) {
      conditions.add(condition(cases, when, in));
      results.add(when.result());
    }
    cases.otherwise().ifPresent(results::add);
    Results typed = sameType(results, cases.at(), in);
    StringBuilder text = new StringBuilder("(CASE");
    for (int i = 0; i < conditions.size(); i++) {
      text.append(" WHEN ").append(conditions.get(i)).append(" THEN ").append(typed.texts().get(i));
    }
    if (cases.otherwise().isPresent()) {
      text.append(" ELSE ").append(typed.texts().get(conditions.size()));
    }
    return new Sql(text.append(" END)").toString(), typed.type(), Optional.empty(), false);
  }

  private static String condition(Expression.Case cases, Expression.When when, Expressions in) {
    return cases
        .operand()
        .map(
            operand ->
                Comparisons.compare("=", operand, when.condition(), when.condition().at(), in))
        .orElseGet(() -> in.of(when.condition()))
        .text();
  }

  /** Expressions of one type. */
  record Results(List<String> texts, Optional<ColumnType> type) {}

  /** Returns expressions as values of one type, as CASE and COALESCE need them. */
  static Results sameType(List<Expression> all, Position at, Expressions in) {
    List<Sql> sql = all.stream().map(in::of).toList();
    List<ColumnType> types = sql.stream().flatMap(one -> one.type().stream()).distinct().toList();
    types.stream().findFirst().ifPresent(type -> learn(sql, type));
    Optional<ColumnType> type;
    if (types.size() <= 1) {
      type = types.stream().findFirst();
    } else if (types.stream().allMatch(ColumnType::isNumber)) {
      type = Optional.of(types.contains(DOUBLE) ? DOUBLE : BIGINT);
    } else {
      throw new Untranslatable(
          at,
          "the results have several types (%s); Flink needs one"
              .formatted(types.stream().map(ColumnType::sql).collect(joining(", "))));
    }
    return new Results(sql.stream().map(Sql::text).toList(), type);
  }

  /** Columns that nothing else tells the type of have that of the other values. */
  private static void learn(List<Sql> all, ColumnType type) {
    Optional<Slot.Use> use = type.isNumber() ? Optional.of(Slot.Use.NUMBER) : Slot.Use.of(type);
    for (Sql one : all) {
      if (one.type().isEmpty()) {
        use.ifPresent(found -> one.slot().ifPresent(slot -> slot.use(found)));
      }
    }
  }
}

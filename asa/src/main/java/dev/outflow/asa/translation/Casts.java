package dev.outflow.asa.translation;

import static dev.outflow.sampling.column.ColumnType.Scalar.BIGINT;
import static dev.outflow.sampling.column.ColumnType.Scalar.BOOLEAN;
import static dev.outflow.sampling.column.ColumnType.Scalar.DOUBLE;
import static dev.outflow.sampling.column.ColumnType.Scalar.STRING;
import static dev.outflow.sampling.column.ColumnType.Scalar.TIME;

import dev.outflow.asa.column.DeclaredType;
import dev.outflow.asa.column.Slot;
import dev.outflow.asa.query.Expression;
import dev.outflow.asa.report.Section;
import dev.outflow.sampling.column.ColumnType;
import java.util.Optional;

/** Translates CAST and TRY_CAST. */
final class Casts {
  private Casts() {}

  static Sql of(Expression.Cast cast, Expressions in) {
    String function = cast.orNull() ? "TRY_CAST" : "CAST";
    Optional<ColumnType> target = DeclaredType.of(cast.type());
    if (target.isEmpty()) {
      return nested(cast, function, in.of(cast.operand()));
    }
    return scalar(cast, function, target.get(), in);
  }

  /** Returns a value that is a record or an array already. */
  private static Sql nested(Expression.Cast cast, String function, Sql operand) {
    boolean isAlready =
        switch (cast.type().name()) {
          case "record" -> operand.type().filter(ColumnType.Row.class::isInstance).isPresent();
          case "array" -> operand.type().filter(ColumnType.Array.class::isInstance).isPresent();
          default -> false;
        };
    if (!isAlready) {
      throw new Untranslatable(
          cast.type().at(),
          "%s to %s: types of records and arrays belong to columns in Flink"
              .formatted(function, cast.type().name()));
    }
    return operand;
  }

  private static Sql scalar(
      Expression.Cast cast, String function, ColumnType target, Expressions in) {
    if (target == TIME) {
      return in.time(cast.operand(), cast.orNull() ? "TRY_PARSE_DATETIME" : "PARSE_DATETIME");
    }
    Sql operand = in.of(cast.operand());
    operand.slot().ifPresent(slot -> slot.use(target == STRING ? Slot.Use.TEXT : Slot.Use.CAST));
    ColumnType from = operand.type().orElse(target);
    if (from.equals(target)) {
      return operand.slot().isPresent()
          ? operand
          : new Sql(operand.text(), Optional.of(target), operand.slot(), false);
    }
    if (from == TIME && target == STRING) {
      return Sql.of("FORMAT_DATETIME(%s)".formatted(operand.text()), STRING);
    }
    if (!(from instanceof ColumnType.Scalar)
        || from == TIME
        || (from == BOOLEAN && target == STRING)) {
      throw new Untranslatable(
          cast.at(), "%s from %s to %s".formatted(function, from.sql(), cast.type().name()));
    }
    if (from == DOUBLE && target == STRING) {
      in.notes()
          .differs(
              cast.at(),
              "Flink writes a float as text with at least one decimal: 80.0",
              Section.NUMBERS);
    }
    if (from == DOUBLE && target == BIGINT) {
      in.notes()
          .decideOnce(
              cast.at(),
              "CAST to bigint cuts the decimals off; ASA's documentation does not say whether ASA"
                  + " rounds");
    }
    return Sql.of("%s(%s AS %s)".formatted(function, operand.text(), target.sql()), target);
  }
}

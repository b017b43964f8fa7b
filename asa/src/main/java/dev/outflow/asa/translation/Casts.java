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
      return nested(cast, function, in);
    }
    return scalar(cast, function, target.get(), in);
  }

  /**
   * Returns a value that is a record or an array already, or the array in a column whose type only
   * its use tells: its text is an array or not, in each event.
   */
  private static Sql nested(Expression.Cast cast, String function, Expressions in) {
    Sql operand = in.of(cast.operand());
    boolean toArray = cast.type().name().equals("array");
    boolean isAlready =
        switch (cast.type().name()) {
          case "record" -> operand.type().filter(ColumnType.Row.class::isInstance).isPresent();
          case "array" -> operand.type().filter(ColumnType.Array.class::isInstance).isPresent();
          default -> false;
        };
    if (isAlready) {
      noteInvalid(cast, in);
      return operand;
    }
    Optional<Slot> column = operand.slot().filter(Slot::isInferred);
    boolean isText = operand.type().isEmpty() || operand.is(STRING);
    if (toArray && cast.orNull() && isText && column.isPresent()) {
      return parsed(cast, operand, column.get(), in);
    }
    throw new Untranslatable(
        cast.type().at(),
        "%s to %s: types of records and arrays belong to columns in Flink"
            .formatted(function, cast.type().name()));
  }

  private static Sql parsed(Expression.Cast cast, Sql operand, Slot column, Expressions in) {
    column.use(Slot.Use.CAST);
    in.notes()
        .differs(
            cast.at(),
            "TRY_CAST to array: the elements are text here, and a text that is written like an array is one",
            Section.FUNCTIONS);
    ColumnType texts = new ColumnType.Array(STRING);
    return new Sql(
        "JSON_QUERY(%s, '$' RETURNING ARRAY<STRING>)".formatted(operand.text()),
        Optional.of(texts),
        Optional.of(Slot.declared(column.name(), texts)),
        false);
  }

  /** TRY_CAST keeps an event whose value is of another type. */
  private static void noteInvalid(Expression.Cast cast, Expressions in) {
    if (cast.orNull()) {
      in.notes()
          .differs(
              cast.at(),
              "TRY_CAST to %s: an event with a value of another type is an invalid event of the input here"
                  .formatted(cast.type().name()),
              Section.FUNCTIONS);
    }
  }

  /** Flink reads more texts as whole numbers and bits than ASA's documentation mentions. */
  private static void noteText(Expression.Cast cast, ColumnType target, Expressions in) {
    in.notes()
        .decideOnce(
            cast.at(),
            target == BIGINT
                ? "CAST of text to bigint truncates decimals: '42.7' is 42; ASA's documentation does"
                    + " not say whether ASA accepts such text"
                : "CAST of text to bit accepts 'true', 't', 'yes', 'y' and '1', and 'false', 'f', 'no',"
                    + " 'n' and '0', in any case; ASA's documentation does not say what ASA accepts");
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
    if (from == STRING && (target == BIGINT || target == BOOLEAN)) {
      noteText(cast, target, in);
    }
    if (from == DOUBLE && target == BIGINT) {
      in.notes()
          .decideOnce(
              cast.at(),
              "CAST to bigint truncates the decimals; ASA's documentation does not say whether ASA"
                  + " rounds");
    }
    return Sql.of("%s(%s AS %s)".formatted(function, operand.text(), target.sql()), target);
  }
}

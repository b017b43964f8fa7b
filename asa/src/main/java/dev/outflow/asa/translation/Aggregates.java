package dev.outflow.asa.translation;

import static dev.outflow.sampling.column.ColumnType.Scalar.BIGINT;
import static dev.outflow.sampling.column.ColumnType.Scalar.DOUBLE;
import static dev.outflow.sampling.column.ColumnType.Scalar.INT;

import dev.outflow.asa.column.Slot;
import dev.outflow.asa.query.Expression;
import dev.outflow.asa.query.Expression.Call;
import dev.outflow.asa.report.Section;
import dev.outflow.sampling.column.ColumnType;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Translates calls of aggregate functions. */
final class Aggregates {
  static final Set<String> NAMES =
      Set.of("count", "sum", "avg", "min", "max", "stdev", "stdevp", "var", "varp", "collect");
  private static final Map<String, String> DEVIATIONS =
      Map.of("stdev", "STDDEV_SAMP", "stdevp", "STDDEV_POP", "var", "VAR_SAMP", "varp", "VAR_POP");

  private Aggregates() {}

  static boolean isAggregate(Call call) {
    return NAMES.contains(call.function()) || KnownFunction.isAggregate(call);
  }

  static Sql count(Call call, Expressions in) {
    Expression argument = checked(call, in);
    if (argument instanceof Expression.AllRows) {
      return Sql.of("COUNT(*)", BIGINT);
    }
    return Sql.of(
        "COUNT(%s%s)".formatted(call.distinct() ? "DISTINCT " : "", in.of(argument).text()),
        BIGINT);
  }

  /** Flink's SUM of INT is INT, which would overflow. */
  static Sql sum(Call call, Expressions in) {
    Sql number = in.number(checked(call, in));
    if (number.is(INT)) {
      return Sql.of("SUM(CAST(%s AS BIGINT))".formatted(number.text()), BIGINT);
    }
    return new Sql("SUM(%s)".formatted(number.text()), number.type(), Optional.empty(), false);
  }

  /** Flink's AVG of BIGINT is a whole number. */
  static Sql average(Call call, Expressions in) {
    Sql number = in.number(checked(call, in));
    if (number.isWhole()) {
      in.notes()
          .differsOnce(
              call.at(),
              "the average of whole numbers has decimals here; ASA's documentation does not say"
                  + " whether ASA's has",
              Section.NUMBERS);
      return Sql.of("AVG(CAST(%s AS DOUBLE))".formatted(number.text()), DOUBLE);
    }
    return Sql.of("AVG(%s)".formatted(number.text()), DOUBLE);
  }

  static Sql extreme(Call call, Expressions in) {
    Sql value = in.of(checked(call, in));
    if (value.type().isEmpty()) {
      value = in.number(call.arguments().get(0));
    }
    return new Sql(
        "%s(%s)".formatted(call.function().toUpperCase(java.util.Locale.ROOT), value.text()),
        value.type(),
        Optional.empty(),
        false);
  }

  static Sql deviation(Call call, Expressions in) {
    Sql number = in.number(checked(call, in));
    return Sql.of(
        "%s(CAST(%s AS DOUBLE))".formatted(DEVIATIONS.get(call.function()), number.text()), DOUBLE);
  }

  /** Aggregates of rows that enter and leave add and subtract squares. */
  static void noteDeviation(Call call, Notes notes) {
    if (DEVIATIONS.containsKey(call.function())) {
      notes.differsOnce(
          call.at(),
          "STDEV, STDEVP, VAR and VARP of rows that enter and leave are computed from sums of"
              + " squares: if the values are much larger than their deviation, the result is less"
              + " exact than in ASA, or NaN",
          Section.NUMBERS);
    }
  }

  static Sql collect(Call call, Expressions in) {
    checkPlace(call, in);
    Sql value =
        call.arguments().isEmpty()
            ? EventRecord.of(call, in)
            : in.of(Functions.argument(call, 1, 0));
    return declared(
        "ARRAY_AGG(%s)".formatted(value.text()), new ColumnType.Array(type(value)), call);
  }

  /** Returns a result whose fields and elements have types. */
  static Sql declared(String text, ColumnType type, Call call) {
    return new Sql(
        text, Optional.of(type), Optional.of(Slot.declared(call.written(), type)), false);
  }

  /** Returns the type of a value; while uses are collected, it can be unknown. */
  static ColumnType type(Sql value) {
    return value.type().or(() -> value.slot().map(Slot::type)).orElse(ColumnType.Scalar.STRING);
  }

  static void checkPlace(Call call, Expressions in) {
    if (!in.hasAggregates()) {
      throw new Untranslatable(
          call.at(), "%s needs GROUP BY with a window".formatted(call.written()));
    }
  }

  private static Expression checked(Call call, Expressions in) {
    checkPlace(call, in);
    return Functions.argument(call, 1, 0);
  }
}

package dev.outflow.asa.translation;

import static dev.outflow.sampling.column.ColumnType.Scalar.BIGINT;
import static dev.outflow.sampling.column.ColumnType.Scalar.TIME;

import dev.outflow.asa.query.Expression;
import dev.outflow.asa.query.Expression.Call;
import dev.outflow.asa.report.Section;
import java.util.Optional;

/** Translates functions of dates. Times are UTC, as the job's time zone is. */
final class Dates {
  private Dates() {}

  static Sql add(Call call, Expressions in) {
    Expression unit = Functions.argument(call, 3, 0);
    Expression count = call.arguments().get(1);
    Expression time = call.arguments().get(2);
    String name = Units.unit(unit);
    if (Expressions.isEpoch(time) && (name.equals("MILLISECOND") || name.equals("SECOND"))) {
      return Sql.of(
          "TO_TIMESTAMP_LTZ(%s, %d)"
              .formatted(in.whole(count).text(), name.equals("SECOND") ? 0 : 3),
          TIME);
    }
    String from = in.time(time).text();
    Optional<Long> literal = Units.whole(count);
    return switch (name) {
      case "YEAR", "MONTH" ->
          Sql.of(
              "TIMESTAMPADD(%s, %s, %s)".formatted(name, Functions.integer(count, in), from), TIME);
      case "DAY", "HOUR", "MINUTE", "SECOND", "MILLISECOND" ->
          literal.isPresent()
              ? Sql.of(Units.plus(from, Units.duration(unit, count)), TIME)
              : addNumber(name, from, count, in, call);
      default -> throw new Untranslatable(unit.at(), "DATEADD of this unit is not supported");
    };
  }

  private static Sql addNumber(
      String unit, String from, Expression count, Expressions in, Call call) {
    if (unit.equals("MILLISECOND")) {
      throw new Untranslatable(
          call.at(), "DATEADD of milliseconds is supported with a literal or from 1970-01-01");
    }
    return Sql.of(
        "TIMESTAMPADD(%s, %s, %s)".formatted(unit, Functions.integer(count, in), from), TIME);
  }

  static Sql difference(Call call, Expressions in) {
    String unit = Units.unit(Functions.argument(call, 3, 0));
    String from = in.time(call.arguments().get(1)).text();
    String to = in.time(call.arguments().get(2)).text();
    return Sql.of(
        "CAST(%s AS BIGINT)".formatted(Units.boundaries(unit, from, to, call.at())), BIGINT);
  }

  static Sql part(Call call, Expressions in) {
    return part(Units.unit(Functions.argument(call, 2, 0)), call.arguments().get(1), in, call);
  }

  static Sql part(String unit, Expression time, Expressions in, Call call) {
    if (unit.equals("WEEK")) {
      in.notes()
          .differs(
              call.at(), "Flink counts weeks as ISO 8601 does, ASA as in the USA", Section.TIMES);
    }
    if (unit.equals("MILLISECOND")) {
      throw new Untranslatable(call.at(), "DATEPART of milliseconds: use DATE_FORMAT(time, 'SSS')");
    }
    return Sql.of("EXTRACT(%s FROM %s)".formatted(unit, in.time(time).text()), BIGINT);
  }
}

package dev.outflow.asa.translation;

import static dev.outflow.sampling.column.ColumnType.Scalar.BIGINT;
import static dev.outflow.sampling.column.ColumnType.Scalar.STRING;
import static dev.outflow.sampling.column.ColumnType.Scalar.TIME;
import static java.util.stream.Collectors.joining;

import dev.outflow.asa.query.Expression;
import dev.outflow.asa.query.Expression.Call;
import java.time.Duration;

/** Translates functions of dates. Times are UTC, as the job's time zone is. */
final class Dates {
  private Dates() {}

  static Sql add(Call call, Expressions in) {
    Expression unit = Functions.argument(call, 3, 0);
    Expression count = call.arguments().get(1);
    Expression time = call.arguments().get(2);
    String name = Units.unit(unit);
    if (TimeLiterals.isEpoch(time) && (name.equals("MILLISECOND") || name.equals("SECOND"))) {
      return Sql.of(
          "TO_TIMESTAMP_LTZ(%s, %d)"
              .formatted(in.whole(count).text(), name.equals("SECOND") ? 0 : 3),
          TIME);
    }
    String from = in.time(time).text();
    return switch (name) {
      case "YEAR", "QUARTER", "MONTH", "WEEK" -> add(name, count, from, in);
      case "MICROSECOND" ->
          throw new Untranslatable(unit.at(), "DATEADD: times have milliseconds in Flink");
      case "DOY", "DOW" -> addFixed("DAY", unit, count, from, in);
      default -> addFixed(name, unit, count, from, in);
    };
  }

  private static Sql addFixed(
      String name, Expression unit, Expression count, String from, Expressions in) {
    Duration length = Units.length(name, unit.at());
    if (Units.whole(count).isPresent()) {
      return Sql.of(Units.plus(from, Units.duration(length, count)), TIME);
    }
    // TIMESTAMPADD takes an INT, which does not hold the seconds since the year 1.
    return Sql.of(
        "(%s + %s * %s)".formatted(from, in.whole(count).text(), Units.interval(length)), TIME);
  }

  private static Sql add(String unit, Expression count, String from, Expressions in) {
    return Sql.of(
        "TIMESTAMPADD(%s, %s, %s)".formatted(unit, Functions.integer(count, in), from), TIME);
  }

  static Sql difference(Call call, Expressions in) {
    String unit = Units.unit(Functions.argument(call, 3, 0));
    String from = in.time(call.arguments().get(1)).text();
    String to = in.time(call.arguments().get(2)).text();
    return Sql.of(Units.boundaries(unit, from, to), BIGINT);
  }

  static Sql part(Call call, Expressions in) {
    return part(Units.unit(Functions.argument(call, 2, 0)), call.arguments().get(1), in);
  }

  /** Flink's EXTRACT counts weeks as ISO 8601 does. */
  static Sql part(String unit, Expression time, Expressions in) {
    String of = in.time(time).text();
    return switch (unit) {
      case "WEEK", "MILLISECOND", "MICROSECOND" ->
          Sql.of("DATEPART(%s, %s)".formatted(Units.literal(unit), of), BIGINT);
      default -> Sql.of("EXTRACT(%s FROM %s)".formatted(unit, of), BIGINT);
    };
  }

  static Sql name(Call call, Expressions in) {
    String unit = Units.literal(Units.unit(Functions.argument(call, 2, 0)));
    return Sql.of(
        "DATENAME(%s, %s)".formatted(unit, in.time(call.arguments().get(1)).text()), STRING);
  }

  static Sql fromParts(Call call, Expressions in) {
    Functions.argument(call, 7, 0);
    return Sql.of(
        call.arguments().stream()
            .map(part -> in.whole(part).text())
            .collect(joining(", ", "DATETIMEFROMPARTS(", ")")),
        TIME);
  }
}

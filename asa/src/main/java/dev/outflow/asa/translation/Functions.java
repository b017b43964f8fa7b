package dev.outflow.asa.translation;

import static dev.outflow.sampling.column.ColumnType.Scalar.INT;
import static java.util.stream.Collectors.joining;

import dev.outflow.asa.query.Expression;
import dev.outflow.asa.query.Expression.Call;
import dev.outflow.asa.report.Section;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/** Translates calls of functions. */
final class Functions {
  /** Functions without an equal in Flink, each with the nearest alternative. */
  private static final Map<String, String> MISSING =
      Map.of(
          "lag", "LAG is only supported with OVER (LIMIT DURATION(...)) and without GROUP BY",
          "last", "LAST is only supported with OVER (LIMIT DURATION(...)) and without GROUP BY",
          "isfirst", "ISFIRST is only supported without GROUP BY",
          "getrecordproperties", "GetRecordProperties is only supported in CROSS APPLY",
          "getarrayelements", "GetArrayElements is only supported in CROSS APPLY",
          "getelements", "GetElements is only supported in CROSS APPLY");

  private static final Map<String, BiFunction<Call, Expressions, Sql>> TRANSLATIONS =
      Map.ofEntries(
          Map.entry("count", Aggregates::count),
          Map.entry("sum", Aggregates::sum),
          Map.entry("avg", Aggregates::average),
          Map.entry("min", Aggregates::extreme),
          Map.entry("max", Aggregates::extreme),
          Map.entry("stdev", Aggregates::deviation),
          Map.entry("stdevp", Aggregates::deviation),
          Map.entry("var", Aggregates::deviation),
          Map.entry("varp", Aggregates::deviation),
          Map.entry("collect", Aggregates::collect),
          Map.entry("topone", OrderedAggregates::topOne),
          Map.entry("collecttop", OrderedAggregates::collectTop),
          Map.entry("percentile_cont", OrderedAggregates::percentile),
          Map.entry("percentile_disc", OrderedAggregates::percentile),
          Map.entry("len", TextFunctions::length),
          Map.entry("upper", (call, in) -> TextFunctions.texts("UPPER", 1, call, in)),
          Map.entry("lower", (call, in) -> TextFunctions.texts("LOWER", 1, call, in)),
          Map.entry("trim", (call, in) -> TextFunctions.texts("STRIP", 1, call, in)),
          Map.entry("ltrim", (call, in) -> TextFunctions.texts("LSTRIP", 1, call, in)),
          Map.entry("rtrim", (call, in) -> TextFunctions.texts("RSTRIP", 1, call, in)),
          Map.entry("reverse", (call, in) -> TextFunctions.texts("REVERSE", 1, call, in)),
          Map.entry("replace", (call, in) -> TextFunctions.texts("REPLACE", 3, call, in)),
          Map.entry("translate", (call, in) -> TextFunctions.texts("TRANSLATE", 3, call, in)),
          Map.entry("charindex", TextFunctions::charIndex),
          Map.entry("substring", TextFunctions::substring),
          Map.entry("left", (call, in) -> TextFunctions.cut("LEFT", call, in)),
          Map.entry("right", (call, in) -> TextFunctions.cut("RIGHT", call, in)),
          Map.entry("replicate", (call, in) -> TextFunctions.cut("REPEAT", call, in)),
          Map.entry("stuff", TextFunctions::stuff),
          Map.entry("patindex", (call, in) -> TextFunctions.position("PATINDEX", call, in)),
          Map.entry("regexmatch", (call, in) -> TextFunctions.position("REGEXMATCH", call, in)),
          Map.entry("unicode", TextFunctions::unicode),
          Map.entry("nchar", TextFunctions::character),
          Map.entry("space", TextFunctions::space),
          Map.entry("concat", (call, in) -> TextFunctions.concat("CONCAT_WS('', ", 0, call, in)),
          Map.entry("concat_ws", (call, in) -> TextFunctions.concat("CONCAT_WS(", 2, call, in)),
          Map.entry("abs", (call, in) -> NumberFunctions.sameNumber("ABS", call, in)),
          Map.entry("floor", (call, in) -> NumberFunctions.sameNumber("FLOOR", call, in)),
          Map.entry("ceiling", (call, in) -> NumberFunctions.sameNumber("CEIL", call, in)),
          Map.entry("sign", (call, in) -> NumberFunctions.sameNumber("SIGN", call, in)),
          Map.entry("sqrt", (call, in) -> NumberFunctions.float64("SQRT", 1, call, in)),
          Map.entry("exp", (call, in) -> NumberFunctions.float64("EXP", 1, call, in)),
          Map.entry("power", (call, in) -> NumberFunctions.float64("POWER", 2, call, in)),
          Map.entry("square", NumberFunctions::square),
          Map.entry("round", NumberFunctions::round),
          Map.entry("coalesce", Functions::coalesce),
          Map.entry("isnull", Functions::coalesce),
          Map.entry("nullif", Functions::nullIf),
          Map.entry("dateadd", Dates::add),
          Map.entry("datediff", Dates::difference),
          Map.entry("datepart", Dates::part),
          Map.entry("datename", Dates::name),
          Map.entry("datetimefromparts", Dates::fromParts),
          Map.entry("year", (call, in) -> Dates.part("YEAR", argument(call, 1, 0), in)),
          Map.entry("month", (call, in) -> Dates.part("MONTH", argument(call, 1, 0), in)),
          Map.entry("day", (call, in) -> Dates.part("DAY", argument(call, 1, 0), in)),
          Map.entry("getarraylength", RecordFunctions::arrayLength),
          Map.entry("getarrayelement", RecordFunctions::arrayElement),
          Map.entry("getrecordpropertyvalue", RecordFunctions::property),
          Map.entry("gettype", RecordFunctions::type),
          Map.entry("json_parse", ParsedRecords::parse),
          Map.entry("createpoint", Geography::point),
          Map.entry("createlinestring", Geography::line),
          Map.entry("createpolygon", Geography::polygon),
          Map.entry("st_distance", Geography::distance),
          Map.entry("st_within", Geography::relation),
          Map.entry("st_overlaps", Geography::relation),
          Map.entry("st_intersects", Geography::relation),
          Map.entry("getmetadatapropertyvalue", Headers::property));

  private Functions() {}

  static Sql of(Call call, Expressions in) {
    Optional<KnownFunction> own = in.notes().function(call.function());
    BiFunction<Call, Expressions, Sql> translation =
        own.<BiFunction<Call, Expressions, Sql>>map(function -> function::translate)
            .orElseGet(() -> TRANSLATIONS.get(call.function()));
    if (translation == null) {
      throw unknown(call);
    }
    if (call.over().isPresent() && !OrderedAggregates.isOrdered(call)) {
      throw new Untranslatable(call.at(), "OVER is not supported here");
    }
    if (call.distinct() && !call.function().equals("count")) {
      throw new Untranslatable(call.at(), "DISTINCT is only supported in COUNT");
    }
    boolean isAggregate = Aggregates.isAggregate(call) || OrderedAggregates.isOrdered(call);
    return translation.apply(call, isAggregate ? in.ofRows() : in);
  }

  static Untranslatable unknown(Call call) {
    String function = call.function();
    if (function.startsWith("udf.") || function.startsWith("uda.")) {
      return new Untranslatable(
          call.at(),
          "%s is not a function in JavaScript of the job; declare it in 'functions', in Java or"
                  .formatted(call.written())
              + " JavaScript, or write the expression in SQL",
          Section.FUNCTIONS);
    }
    if (MISSING.containsKey(function)) {
      return new Untranslatable(call.at(), MISSING.get(function));
    }
    return new Untranslatable(
        call.at(),
        "%s has no known equivalent in Flink".formatted(call.written()),
        Section.FUNCTIONS);
  }

  static Expression argument(Call call, int count, int index) {
    if (call.arguments().size() != count) {
      throw new Untranslatable(
          call.at(),
          "%s has %d arguments, expected %d"
              .formatted(call.written(), call.arguments().size(), count));
    }
    return call.arguments().get(index);
  }

  private static Sql coalesce(Call call, Expressions in) {
    if (call.arguments().size() < 2) {
      throw new Untranslatable(call.at(), call.written() + " needs two arguments or more");
    }
    return ofOneType("COALESCE", call, in);
  }

  private static Sql nullIf(Call call, Expressions in) {
    argument(call, 2, 0);
    return ofOneType("NULLIF", call, in);
  }

  /** Returns a call whose arguments and result have one type. */
  private static Sql ofOneType(String function, Call call, Expressions in) {
    Cases.Results results = Cases.sameType(call.arguments(), call.at(), in);
    return new Sql(
        results.texts().stream().collect(joining(", ", function + "(", ")")),
        results.type(),
        Optional.empty(),
        false);
  }

  static String integer(Expression expression, Expressions in) {
    Sql whole = in.whole(expression);
    return whole.is(INT) ? whole.text() : "CAST(%s AS INT)".formatted(whole.text());
  }
}

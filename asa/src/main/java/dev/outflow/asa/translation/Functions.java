package dev.outflow.asa.translation;

import static dev.outflow.sampling.column.ColumnType.Scalar.DOUBLE;
import static dev.outflow.sampling.column.ColumnType.Scalar.INT;
import static dev.outflow.sampling.column.ColumnType.Scalar.STRING;
import static java.util.stream.Collectors.joining;

import dev.outflow.asa.column.Slot;
import dev.outflow.asa.query.Expression;
import dev.outflow.asa.query.Expression.Call;
import dev.outflow.asa.query.Name;
import dev.outflow.asa.report.Section;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/** Translates calls of functions. */
final class Functions {
  /** Functions without an equal in Flink, each with the nearest alternative. */
  private static final Map<String, String> MISSING =
      Map.ofEntries(
          Map.entry("lag", "LAG with a limit: join with the row before, see the recipe"),
          Map.entry("last", "LAST: see the recipe for the last value of a window"),
          Map.entry("isfirst", "ISFIRST: see the recipe for deduplication"),
          Map.entry("topone", "TopOne: see the recipe for the top row of a window"),
          Map.entry("collecttop", "CollectTop: see the recipe for the top row of a window"),
          Map.entry("collect", "Collect: use ARRAY_AGG(column) in Flink"),
          Map.entry(
              "percentile_cont", "PERCENTILE_CONT: use PERCENTILE(column, fraction) in Flink"),
          Map.entry("percentile_disc", "PERCENTILE_DISC: PERCENTILE of Flink interpolates"),
          Map.entry("regexmatch", "REGEXMATCH: use REGEXP_INSTR or REGEXP in Flink"),
          Map.entry("patindex", "PATINDEX: use REGEXP_INSTR in Flink"),
          Map.entry("datename", "DATENAME: use DATE_FORMAT in Flink"),
          Map.entry("gettype", "GetType: types belong to columns in Flink"),
          Map.entry("getmetadatapropertyvalue", "declare a column METADATA FROM 'headers'"),
          Map.entry("getrecordproperties", "declare the record as MAP and use UNNEST"),
          Map.entry("getarrayelements", "GetArrayElements is only supported in CROSS APPLY"));

  private static final Map<String, Section> SECTIONS =
      Map.of(
          "lag", Section.LAG_WITH_A_TIME_LIMIT,
          "last", Section.LAST_VALUE_OR_TOP_ROW_OF_A_WINDOW,
          "isfirst", Section.DEDUPLICATION,
          "topone", Section.LAST_VALUE_OR_TOP_ROW_OF_A_WINDOW,
          "collecttop", Section.LAST_VALUE_OR_TOP_ROW_OF_A_WINDOW);

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
          Map.entry("len", Functions::length),
          Map.entry("upper", (call, in) -> texts("UPPER", 1, call, in)),
          Map.entry("lower", (call, in) -> texts("LOWER", 1, call, in)),
          Map.entry("trim", (call, in) -> texts("TRIM", 1, call, in)),
          Map.entry("ltrim", (call, in) -> texts("LTRIM", 1, call, in)),
          Map.entry("rtrim", (call, in) -> texts("RTRIM", 1, call, in)),
          Map.entry("reverse", (call, in) -> texts("REVERSE", 1, call, in)),
          Map.entry("replace", (call, in) -> texts("REPLACE", 3, call, in)),
          Map.entry("translate", (call, in) -> texts("TRANSLATE", 3, call, in)),
          Map.entry("charindex", Functions::charIndex),
          Map.entry("substring", Functions::substring),
          Map.entry("left", (call, in) -> cut("LEFT", call, in)),
          Map.entry("right", (call, in) -> cut("RIGHT", call, in)),
          Map.entry("replicate", (call, in) -> cut("REPEAT", call, in)),
          Map.entry("stuff", Functions::stuff),
          Map.entry("space", Functions::space),
          Map.entry("concat", (call, in) -> concat("CONCAT_WS('', ", 0, call, in)),
          Map.entry("concat_ws", (call, in) -> concat("CONCAT_WS(", 2, call, in)),
          Map.entry("abs", (call, in) -> sameNumber("ABS", call, in)),
          Map.entry("floor", (call, in) -> sameNumber("FLOOR", call, in)),
          Map.entry("ceiling", (call, in) -> sameNumber("CEIL", call, in)),
          Map.entry("sign", (call, in) -> sameNumber("SIGN", call, in)),
          Map.entry("sqrt", (call, in) -> float64("SQRT", 1, call, in)),
          Map.entry("exp", (call, in) -> float64("EXP", 1, call, in)),
          Map.entry("power", (call, in) -> float64("POWER", 2, call, in)),
          Map.entry("square", Functions::square),
          Map.entry("round", Functions::round),
          Map.entry("coalesce", Functions::coalesce),
          Map.entry("isnull", Functions::coalesce),
          Map.entry("nullif", Functions::nullIf),
          Map.entry("dateadd", Dates::add),
          Map.entry("datediff", Dates::difference),
          Map.entry("datepart", Dates::part),
          Map.entry("year", (call, in) -> Dates.part("YEAR", argument(call, 1, 0), in, call)),
          Map.entry("month", (call, in) -> Dates.part("MONTH", argument(call, 1, 0), in, call)),
          Map.entry("day", (call, in) -> Dates.part("DAY", argument(call, 1, 0), in, call)),
          Map.entry("getarraylength", Functions::arrayLength),
          Map.entry("getarrayelement", Functions::arrayElement),
          Map.entry("getrecordpropertyvalue", Functions::property));

  private Functions() {}

  static Sql of(Call call, Expressions in) {
    BiFunction<Call, Expressions, Sql> translation = TRANSLATIONS.get(call.function());
    if (translation == null) {
      throw unknown(call);
    }
    if (call.over().isPresent()) {
      throw new Untranslatable(call.at(), "OVER is not supported at this place");
    }
    if (call.distinct() && !call.function().equals("count")) {
      throw new Untranslatable(call.at(), "DISTINCT is only supported in COUNT");
    }
    return translation.apply(call, in);
  }

  static Untranslatable unknown(Call call) {
    String function = call.function();
    if (function.startsWith("udf.") || function.startsWith("uda.")) {
      return new Untranslatable(
          call.at(),
          "%s: functions in JavaScript, C# and machine learning do not run in Flink; write the"
                  .formatted(call.written())
              + " expression in SQL or a transformation in Java",
          Section.FUNCTIONS);
    }
    if (MISSING.containsKey(function)) {
      return SECTIONS.containsKey(function)
          ? new Untranslatable(call.at(), MISSING.get(function), SECTIONS.get(function))
          : new Untranslatable(call.at(), MISSING.get(function));
    }
    return new Untranslatable(
        call.at(),
        "%s has no equal in Flink that is known to Outflow".formatted(call.written()),
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

  private static Sql length(Call call, Expressions in) {
    return Sql.of("CHAR_LENGTH(RTRIM(%s))".formatted(in.text(argument(call, 1, 0)).text()), INT);
  }

  private static Sql texts(String name, int count, Call call, Expressions in) {
    argument(call, count, 0);
    return Sql.of(
        call.arguments().stream()
            .map(argument -> in.text(argument).text())
            .collect(joining(", ", name + "(", ")")),
        STRING);
  }

  private static Sql charIndex(Call call, Expressions in) {
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

  /** Flink counts as T-SQL does from 1 on; what lies before is not known. */
  private static Sql substring(Call call, Expressions in) {
    Expression start = argument(call, 3, 1);
    Expression length = call.arguments().get(2);
    boolean exact =
        Units.whole(start).filter(value -> value >= 1).isPresent()
            && Units.whole(length).filter(value -> value >= 0).isPresent();
    if (!exact) {
      in.notes()
          .differsOnce(
              call.at(),
              "SUBSTRING with a start before 1 or a negative length gives other text in Flink",
              Section.TEXT);
    }
    return Sql.of(
        "SUBSTRING(%s, %s, %s)"
            .formatted(
                in.text(call.arguments().get(0)).text(), integer(start, in), integer(length, in)),
        STRING);
  }

  private static Sql cut(String name, Call call, Expressions in) {
    return Sql.of(
        "%s(%s, %s)"
            .formatted(
                name, in.text(argument(call, 2, 0)).text(), integer(call.arguments().get(1), in)),
        STRING);
  }

  private static Sql stuff(Call call, Expressions in) {
    return Sql.of(
        "OVERLAY(%s PLACING %s FROM %s FOR %s)"
            .formatted(
                in.text(argument(call, 4, 0)).text(),
                in.text(call.arguments().get(3)).text(),
                integer(call.arguments().get(1), in),
                integer(call.arguments().get(2), in)),
        STRING);
  }

  private static Sql space(Call call, Expressions in) {
    return Sql.of("REPEAT(' ', %s)".formatted(integer(argument(call, 1, 0), in)), STRING);
  }

  private static Sql concat(String prefix, int fewest, Call call, Expressions in) {
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

  private static Sql sameNumber(String name, Call call, Expressions in) {
    Sql number = in.number(argument(call, 1, 0));
    return new Sql("%s(%s)".formatted(name, number.text()), number.type(), Optional.empty(), false);
  }

  private static Sql float64(String name, int count, Call call, Expressions in) {
    argument(call, count, 0);
    return Sql.of(
        call.arguments().stream()
            .map(argument -> "CAST(%s AS DOUBLE)".formatted(in.number(argument).text()))
            .collect(joining(", ", name + "(", ")")),
        DOUBLE);
  }

  private static Sql square(Call call, Expressions in) {
    String number = "CAST(%s AS DOUBLE)".formatted(in.number(argument(call, 1, 0)).text());
    return Sql.of("(%s * %s)".formatted(number, number), DOUBLE);
  }

  private static Sql round(Call call, Expressions in) {
    in.notes()
        .differsOnce(
            call.at(),
            "ROUND: Flink rounds a half away from zero; ASA's documentation does not say what ASA"
                + " does",
            Section.NUMBERS);
    Expression value = call.arguments().isEmpty() ? argument(call, 2, 0) : call.arguments().get(0);
    Sql number = in.number(value);
    String digits = call.arguments().size() == 1 ? "0" : integer(argument(call, 2, 1), in);
    return new Sql(
        "ROUND(%s, %s)".formatted(number.text(), digits), number.type(), Optional.empty(), false);
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
    Expressions.Results results = in.sameType(call.arguments(), call.at());
    return new Sql(
        results.texts().stream().collect(joining(", ", function + "(", ")")),
        results.type(),
        Optional.empty(),
        false);
  }

  private static Sql arrayLength(Call call, Expressions in) {
    Sql array = in.of(argument(call, 1, 0));
    element(array, call);
    return Sql.of("CARDINALITY(%s)".formatted(array.text()), INT);
  }

  private static Sql arrayElement(Call call, Expressions in) {
    Sql array = in.of(argument(call, 2, 0));
    Slot element = element(array, call);
    Expression index = call.arguments().get(1);
    String position =
        Units.whole(index)
            .map(value -> String.valueOf(value + 1))
            .orElseGet(() -> "CAST(%s + 1 AS INT)".formatted(in.whole(index).text()));
    return new Sql(
        "%s[%s]".formatted(array.text(), position),
        in.scope().type(element),
        Optional.of(element),
        false);
  }

  static Slot element(Sql array, Call call) {
    return array
        .slot()
        .flatMap(slot -> slot.element(call.at()))
        .orElseThrow(
            () ->
                new Untranslatable(
                    call.at(), "%s needs a column that is an array".formatted(call.written())));
  }

  private static Sql property(Call call, Expressions in) {
    if (argument(call, 2, 1) instanceof Expression.Text path) {
      Sql record = in.of(call.arguments().get(0));
      for (String name : path.value().split("\\.", -1)) {
        record = in.field(record, new Name(name, path.at()));
      }
      return record;
    }
    throw new Untranslatable(
        call.at(), "a property whose name is data: declare the record as MAP and use m[k]");
  }

  static String integer(Expression expression, Expressions in) {
    Sql whole = in.whole(expression);
    return whole.is(INT) ? whole.text() : "CAST(%s AS INT)".formatted(whole.text());
  }
}

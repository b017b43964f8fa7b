package dev.outflow.transformation;

import dev.outflow.definition.Problem;
import dev.outflow.definition.Query;
import dev.outflow.definition.SqlText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Constructs of the query language of Azure Stream Analytics that Flink SQL does not have, and what
 * to write instead. Only for queries that Flink rejects: some names can be functions of the user.
 *
 * @param construct in the code of a query; its first group, if it has one, is part of the message
 * @param message with placeholders for the first group: Flink's name of a unit, and as written
 */
record AsaSyntax(Pattern construct, String message) {
  private static final String UNIT =
      "\\s*\\(\\s*(ss?|seconds?|mi|n|minutes?|hh|hours?|dd?|days?|ms|milliseconds?|mm?|months?|yy|yyyy|years?"
          + "|qq?|quarters?|wk|ww|weeks?|dw|weekday|dy?|dayofyear|mcs|microseconds?|ns|nanoseconds?)\\s*,";

  private static final List<AsaSyntax> ALL =
      List.of(
          of(
              "INTO\\s+([\\w\\[_]+)\\]?",
              "ASA's INTO: remove it; the result goes to the output with the name of the query"),
          of(
              "(?<=\\bSELECT\\s{1,9})TOP\\s*\\(?\\s*\\d+\\)?",
              "ASA's TOP: remove it; number the rows with ROW_NUMBER() OVER (PARTITION BY window_start, window_end ORDER BY ...) AS n in a subquery, and select WHERE n <= 1"),
          of("TIMESTAMP\\s+BY\\b", "ASA's TIMESTAMP BY: remove it; set 'event-time' of the input"),
          of(
              "System\\s*\\.\\s*Timestamp\\b(?:\\s*\\(\\s*\\))?",
              "ASA's System.Timestamp(): use window_end of a window, else the event-time column"),
          of(
              "LIMIT\\s+DURATION\\b",
              "ASA's LIMIT DURATION: use RANGE BETWEEN INTERVAL '10' SECOND PRECEDING AND CURRENT ROW in OVER (... ORDER BY event-time column ...)"),
          of(
              "DATEDIFF" + UNIT,
              "ASA's DATEDIFF: put the unit in quotes: DATEDIFF('%2$s', a, b); in a join, b.ts BETWEEN a.ts AND a.ts + INTERVAL '10' %1$S"),
          of(
              "DATEADD" + UNIT,
              "ASA's DATEADD: use TIMESTAMPADD(%S, n, ts), or ts + INTERVAL '10' %<S"),
          of("DATEPART" + UNIT, "ASA's DATEPART: put the unit in quotes: DATEPART('%2$s', ts)"),
          of("DATENAME" + UNIT, "ASA's DATENAME: put the unit in quotes: DATENAME('%2$s', ts)"),
          of(
              "TumblingWindow\\s*\\(",
              "ASA's TumblingWindow: select FROM TUMBLE(TABLE orders, DESCRIPTOR(ts), INTERVAL '10' SECOND) and GROUP BY window_start, window_end"),
          of(
              "HoppingWindow\\s*\\(",
              "ASA's HoppingWindow: select FROM HOP(TABLE orders, DESCRIPTOR(ts), INTERVAL '5' SECOND, INTERVAL '10' SECOND) and GROUP BY window_start, window_end"),
          of(
              "SessionWindow\\s*\\(",
              "ASA's SessionWindow: select FROM SESSION(TABLE orders, DESCRIPTOR(ts), INTERVAL '10' SECOND) and GROUP BY window_start, window_end"),
          of(
              "SlidingWindow\\s*\\(",
              "ASA's SlidingWindow: use OVER (... ORDER BY ts RANGE BETWEEN INTERVAL '10' SECOND PRECEDING AND CURRENT ROW)"),
          of(
              "SnapshotWindow\\s*\\(",
              "ASA's SnapshotWindow: use a TUMBLE window of the smallest interval, or GROUP BY the event time in one"),
          of(
              "(?:FROM|JOIN)\\s+[\\w_]+\\s+(?:AS\\s+\\w+\\s+)?(?:TIMESTAMP\\s+BY\\s+[\\w.]+\\s+)?(?=PARTITION\\s+BY\\b)",
              "ASA's PARTITION BY of an input: remove it; Flink distributes rows by the keys of GROUP BY and JOIN"),
          of(
              "GetMetadataPropertyValue\\s*\\(",
              "ASA's GetMetadataPropertyValue: declare a column of the input with METADATA FROM, e.g. arrived: TIMESTAMP_LTZ(3) METADATA FROM 'timestamp'"),
          of(
              "GetRecordPropertyValue\\s*\\(",
              "ASA's GetRecordPropertyValue: declare the column as ROW<name TYPE, ...> and write column.name"),
          of(
              "GetArrayElement\\s*\\(",
              "ASA's GetArrayElement: write column[1]; Flink counts from 1"),
          of(
              "GetArrayElements\\s*\\(",
              "ASA's GetArrayElements: use CROSS JOIN UNNEST(column) AS t(element)"),
          of("GetArrayLength\\s*\\(", "ASA's GetArrayLength: use CARDINALITY(column)"),
          of(
              "(?:CollectTop|TopOne)\\s*\\([^()]*\\)\\s*OVER\\b",
              "ASA's TopOne and CollectTop with OVER (ORDER BY key DESC): write TOPONE(column, 'DESC', key) or COLLECTTOP(3, column, 'DESC', key) in a window"),
          of(
              "UD[FA]\\s*\\.\\s*(\\w+)",
              "ASA's UDF and UDA: declare the function in 'functions', and call it by its name without a prefix"),
          of(
              "(?<![\\w)\\]])(?<!ARRAY\\s)\\[[A-Za-z_][\\w .-]*\\]",
              "ASA's [name]: quote a name with backquotes: `name`"),
          of("(?<=\\bAS\\s{1,9})bit(?=\\s*\\))", "ASA's type bit: use BOOLEAN"),
          of("(?<=\\bAS\\s{1,9})nvarchar\\s*\\(\\s*\\w+\\s*\\)", "ASA's type nvarchar: use STRING"),
          of("(?<=\\bAS\\s{1,9})datetime(?=\\s*\\))", "ASA's type datetime: use TIMESTAMP_LTZ(3)"),
          of("(?<=\\bAS\\s{1,9})record(?=\\s*\\))", "ASA's type record: use ROW<name TYPE, ...>"),
          of("LEN\\s*\\(", "ASA's LEN: use CHAR_LENGTH"));

  private static AsaSyntax of(String construct, String message) {
    return new AsaSyntax(Pattern.compile("(?i)(?<![\\w.])(?:" + construct + ")"), message);
  }

  /** Returns a problem for each construct in a query. */
  static List<Problem> in(Query query) {
    String code = SqlText.code(query.sql());
    List<Problem> problems = new ArrayList<>();
    for (AsaSyntax syntax : ALL) {
      for (MatchResult found : syntax.construct.matcher(code).results().toList()) {
        SqlPosition position = SqlPosition.at(code, found.start());
        problems.add(query.problemAt(position.line(), position.column(), syntax.explain(found)));
      }
    }
    return problems;
  }

  private String explain(MatchResult found) {
    Optional<String> detail =
        found.groupCount() > 0 ? Optional.ofNullable(found.group(1)) : Optional.empty();
    return String.format(
        Locale.ROOT, message, detail.map(AsaSyntax::unit).orElse(""), detail.orElse(""));
  }

  /** Returns Flink's name of a unit of time, which ASA can abbreviate and write in plural. */
  private static String unit(String written) {
    return switch (written.toLowerCase(Locale.ROOT)) {
      case "ss", "s", "seconds" -> "SECOND";
      case "mi", "n", "minutes" -> "MINUTE";
      case "hh", "hours" -> "HOUR";
      case "dd", "d", "days" -> "DAY";
      case "ms", "milliseconds", "millisecond" -> "SECOND";
      case "mm", "m" -> "MONTH";
      case "yy", "yyyy" -> "YEAR";
      default -> written;
    };
  }
}

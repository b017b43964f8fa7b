package dev.outflow.transformation;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What to write instead of a mistake that is common among people new to Flink SQL, by the error
 * that Flink reports for it.
 *
 * @param error in Flink's message; its groups are the arguments of {@code advice}
 * @param sql in the query; any query if empty. Its group is the first one of {@code error}
 * @param advice follows Flink's message after a semicolon
 * @param isWhole whether it replaces Flink's message
 */
public record PlannerAdvice(Pattern error, Optional<Pattern> sql, String advice, boolean isWhole) {
  private static final String WINDOW = "(?i)\\b(?:TUMBLE|HOP|CUMULATE|SESSION)\\s*\\(";
  private static final String TEXT = "'<(?:VAR)?CHAR\\(\\d+\\)>";

  private static final List<PlannerAdvice> ALL =
      List.of(
          // Text and names.
          after(
              "Encountered \"[^\"]*\\\\\"",
              "text is written in single quotes: 'text', and a name in backquotes: `name`"),
          after("Encountered \"\\\\'", "a quote within text is written twice: 'it''s'"),
          // Types.
          whole(
              "implicit type conversion between (\\w+) and (\\w+) is not supported",
              "the query compares %s with %s; convert one of them, e.g. CAST(... AS STRING)"),
          after("Cannot apply '\\+' to arguments of type " + TEXT, "join text with ||"),
          after(
              "Cannot apply '\\|\\|' to arguments of type",
              "convert the other value with CAST(... AS STRING)"),
          after(
              "Cannot apply '-' to arguments of type '<TIMESTAMP",
              "the time between two values is TIMESTAMPDIFF(SECOND, a, b)"),
          after(
              "Illegal mixing of types in CASE",
              "the results must have one type; convert them, e.g. with CAST(... AS STRING)"),
          after("Illegal use of 'NULL'", "give it a type: CAST(NULL AS STRING)"),
          after(
              "(?i)Unknown identifier '(?:TEXT|NVARCHAR|NCHAR|STR)'", "the type of text is STRING"),
          after(
              "(?i)Unknown identifier '(?:NUMBER|MONEY|LONG|UINT|SHORT)'",
              "the types of numbers are INT, BIGINT, DOUBLE and DECIMAL(p, s)"),
          after("(?i)Unknown identifier '(?:BOOL|BIT)'", "the type is BOOLEAN"),
          after(
              "Cannot apply 'TO_TIMESTAMP' to arguments of type 'TO_TIMESTAMP\\(<(?!CHAR|VARCHAR)",
              "TO_TIMESTAMP_LTZ(n, 0) converts seconds since 1970, and TO_TIMESTAMP_LTZ(n, 3) milliseconds"),
          after(
              "The cast from NUMERIC type to TIMESTAMP",
              "TO_TIMESTAMP_LTZ(n, 0) converts seconds since 1970, and TO_TIMESTAMP_LTZ(n, 3) milliseconds"),
          // Functions that other databases have.
          function("ISNULL|NVL", "use COALESCE(a, b)"),
          function("GETDATE|GETUTCDATE|SYSDATE|SYSUTCDATETIME", "use CURRENT_TIMESTAMP"),
          function("IIF", "use IF(condition, a, b)"),
          function("DATEDIFF|DATE_DIFF", "use TIMESTAMPDIFF(SECOND, a, b)"),
          function(
              "DATEADD|DATE_ADD", "use TIMESTAMPADD(SECOND, n, ts), or ts + INTERVAL '10' SECOND"),
          after(
              "Invalid function call:\\s*(?:COALESCE|IFNULL|NULLIF|GREATEST|LEAST)\\(",
              "the arguments must have one type; convert them, e.g. with CAST(... AS STRING)"),
          function("CHARINDEX", "use LOCATE(text, column)"),
          function("STRFTIME|TO_CHAR|FORMAT", "use DATE_FORMAT(ts, 'yyyy-MM-dd')"),
          function("DATE_TRUNC|DATETRUNC", "use FLOOR(ts TO HOUR)"),
          after("near the keyword '(?:STRING_AGG|GROUP_CONCAT)'", "use LISTAGG(column, ',')"),
          function("STRING_AGG|GROUP_CONCAT", "use LISTAGG(column, ',')"),
          function("LEN|LENGTHB", "use CHAR_LENGTH"),
          after("Unsupported Function: 'PERCENTILE_CONT'", "use PERCENTILE(column, 0.5)"),
          after("'(SECOND|MINUTE|HOUR|DAY|WEEK|MONTH|YEAR)S' is not a valid time frame", "use %s"),
          in(
              "EXTRACT\\s*\\(\\s*(?:SECOND|MINUTE|HOUR|DAY|MONTH|YEAR)\\s*,",
              "Encountered \",\"",
              "write EXTRACT(SECOND FROM ts)"),
          // Syntax of other databases.
          after("Encountered \"= =\"", "write ="),
          after("Bang equal '!=' is not allowed", "write <>"),
          after("Encountered \":\"", "write CAST(... AS INT)"),
          in(",\\s*FROM\\b", "near the keyword 'FROM'", "remove the comma before it"),
          after(
              "near the keyword 'AT'",
              "Flink SQL does not have AT TIME ZONE; CONVERT_TZ('2026-01-01 00:00:00', 'UTC', 'Europe/Paris') converts text"),
          after(
              "Sort on a non-time-attribute field is not supported",
              "a stream can only be sorted by its event-time column, in ascending order; remove ORDER BY"),
          // Intervals.
          in(
              "INTERVAL\\s+'\\s*\\d+\\s*[A-Z]+\\s*'",
              "Encountered",
              "write the unit after the quotes: INTERVAL '10' SECOND"),
          in(
              "INTERVAL\\s+\\d",
              "Only constant window descriptors",
              "write the number in quotes: INTERVAL '10' SECOND"),
          after(
              "(?:while parsing \\S+ interval|Interval field value) (-?\\d+)",
              "for more than two digits, write e.g. INTERVAL '%s' SECOND(3), or use a larger unit"),
          // Windows.
          whole(
              "(?:Cannot apply|Invalid number of arguments to function) '(TUMBLE|HOP|CUMULATE|SESSION)'",
              "a window is written like %s(TABLE orders, DESCRIPTOR(ts), INTERVAL '10' SECOND), with a second interval for HOP and CUMULATE"),
          in(
              WINDOW + "\\s*TABLE\\s+\\S+\\s*,\\s*(\\w+)\\s*,",
              "Column '(\\w+)' not found",
              "write DESCRIPTOR(%s)"),
          in(WINDOW + "\\s*(\\w+)\\s*,", "Column '(\\w+)' not found", "write TABLE %s"),
          after(
              "Expression 'window_(?:start|end|time)' is not being grouped",
              "write GROUP BY window_start, window_end"),
          after(
              "Expression '([^']+)' is not being grouped",
              "add it to GROUP BY, or aggregate it, e.g. LAST_VALUE(%s)"),
          inWhole(
              WINDOW,
              "GroupAggregate\\(",
              "the query aggregates the rows of a window, but not by window_start and window_end; add both to GROUP BY"),
          whole(
              "OverAggregate\\(",
              "the query's OVER is not ordered by the event-time column; write OVER (PARTITION BY ... ORDER BY ts), with that column in ascending order"),
          whole(
              "The window can only be ordered by a single time column",
              "the query's OVER has no ORDER BY on the event-time column; write OVER (PARTITION BY ... ORDER BY ts)"),
          // Joins with a version.
          whole(
              "but no primary key can be found",
              "FOR SYSTEM_TIME AS OF requires a table of versions; for a Kafka input with a compacted topic set 'mode: upsert', 'primary-key' and 'event-time', or use connector 'reference-file'"),
          whole(
              "but no row time attribute can be found",
              "the table joined with FOR SYSTEM_TIME AS OF has no event time; set 'event-time' of the input, e.g. on a column TIMESTAMP_LTZ(3) METADATA FROM 'timestamp', and 'mode: upsert' and 'primary-key' for a compacted topic"),
          whole(
              "Processing-time temporal join is not supported",
              "FOR SYSTEM_TIME AS OF a processing time requires connector 'reference-file'; with a Kafka input, use the event time of the other table"),
          // Names.
          after(
              "Column '(\\w+)\\.\\1' not found in table '(\\w+)'",
              "write the name of the table before it, e.g. UNNEST(%2$s.%1$s.items)"),
          after(
              "Column '(\\w+)' is ambiguous",
              "write the name of its table before it, e.g. orders.%s"));

  private static PlannerAdvice after(String error, String advice) {
    return new PlannerAdvice(Pattern.compile(error), Optional.empty(), advice, false);
  }

  private static PlannerAdvice whole(String error, String message) {
    return new PlannerAdvice(Pattern.compile(error), Optional.empty(), message, true);
  }

  private static PlannerAdvice in(String sql, String error, String advice) {
    return new PlannerAdvice(Pattern.compile(error), Optional.of(code(sql)), advice, false);
  }

  private static PlannerAdvice inWhole(String sql, String error, String message) {
    return new PlannerAdvice(Pattern.compile(error), Optional.of(code(sql)), message, true);
  }

  private static PlannerAdvice function(String names, String advice) {
    return after("(?i)No match found for function signature (?:" + names + ")\\(", advice);
  }

  private static Pattern code(String sql) {
    return Pattern.compile(sql, Pattern.CASE_INSENSITIVE);
  }

  /**
   * Returns the message for an error with what to write instead, if the mistake is a known one.
   *
   * @param error the messages of Flink's exception and its causes
   * @param shown the part of it that is shown
   * @param query the text of the query
   */
  public static Optional<String> of(String error, String shown, String query) {
    return ALL.stream().flatMap(known -> known.explain(error, shown, query).stream()).findFirst();
  }

  private Optional<String> explain(String text, String shown, String query) {
    Matcher found = error.matcher(text);
    if (!found.find() || !isIn(query, found)) {
      return Optional.empty();
    }
    MatchResult groups = found.toMatchResult();
    Object[] arguments = new Object[groups.groupCount()];
    for (int i = 0; i < arguments.length; i++) {
      arguments[i] = groups.group(i + 1);
    }
    String message = String.format(Locale.ROOT, advice, arguments);
    return Optional.of(isWhole ? message : shown.replaceFirst("\\.$", "") + "; " + message);
  }

  private boolean isIn(String query, MatchResult found) {
    return sql.map(
            part ->
                part.matcher(query)
                    .results()
                    .anyMatch(
                        place ->
                            place.groupCount() == 0
                                || place.group(1).equalsIgnoreCase(found.group(1))))
        .orElse(true);
  }
}

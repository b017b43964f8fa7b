package dev.outflow.compose;

import static java.util.stream.Collectors.joining;

import dev.outflow.definition.JobDefinition;
import dev.outflow.definition.OnConflict;
import dev.outflow.definition.OutputDefinition;
import dev.outflow.definition.Problem;
import dev.outflow.definition.Query;
import dev.outflow.kafka.error.ErrorCode;
import dev.outflow.kafka.output.KafkaOutputOptions;
import dev.outflow.option.InvalidOptionsException;
import dev.outflow.option.Suggestion;
import dev.outflow.transformation.PlannerAdvice;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.factories.FactoryUtil;

/**
 * Maps Flink's errors about a table to properties of the definition.
 *
 * @param path the input or output, e.g. {@code outputs.large_orders}
 */
record TableProblem(JobDefinition definition, String path) {
  private static final Pattern NO_FACTORY =
      Pattern.compile(
          "(?s).*Could not find any factory for identifier"
              + " '([^']*)'.*?(?:DeserializationFormat|SerializationFormat|)Factory.*?identifiers"
              + " are:\\s*(.*)");
  private static final Pattern UNSUPPORTED =
      Pattern.compile("(?s)Unsupported options:\\s*(\\S.*?)\\s*Supported options:\\s*(.*)");
  private static final Pattern UPDATES = Pattern.compile("(?s).*doesn't support consuming (.*)");
  private static final Pattern UPSERT_KEY =
      Pattern.compile(
          "(?s)has an upsert key that differs from the primary key.*?upsert key: (.*?)\\. This can");
  private static final Pattern NO_WATERMARKS =
      Pattern.compile(
          "(?s)ON CONFLICT DO (\\w+) requires all source tables to define watermarks, but the following source\\(s\\) do not: (.*?)\\. Please");
  private static final Pattern OUTER_JOIN =
      Pattern.compile(
          "(?s)(?<!Lookup|Interval|Temporal|Window)Join\\(joinType=\\[(\\w+)OuterJoin\\]");
  private static final Pattern SEVERAL_TIMES =
      Pattern.compile("(?s)more than one rowtime attribute column \\[([^\\]]*)\\]");
  private static final String WAYS_TO_WRITE_UPDATES =
      "set 'mode: upsert' with a 'partition-key', or write each change with TO_CHANGELOG in a query or format debezium-json (see docs/updates.md)";
  private static final String WAYS_TO_UPDATE =
      "aggregate in a window (TUMBLE, HOP, CUMULATE), or " + WAYS_TO_WRITE_UPDATES;
  private static final Pattern ZERO = Pattern.compile("Division by zero");
  private static final Pattern NO_TIME =
      Pattern.compile("(?s).*requires the timecol is a time attribute type.*");
  private static final Pattern NO_TYPE =
      Pattern.compile("(?s)Unsupported type '(.*?)( NOT NULL)?' for field '(.*)'.*");
  private static final Pattern NO_AVRO_NAME =
      Pattern.compile("(?s)Illegal (?:initial )?character(?: in)?: (.*)");
  private static final Pattern VALUE = Pattern.compile("for key '([^']+)'");

  /** Returns the problems that caused a failure, with a remedy where it is known. */
  static List<Problem> of(JobDefinition definition, String path, RuntimeException failure) {
    TableProblem table = new TableProblem(definition, path);
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof InvalidOptionsException invalid) {
        return invalid.problems().stream()
            .map(problem -> table.at(problem.key(), asKey(problem.message())))
            .toList();
      }
    }
    return table.explain(rootMessage(failure));
  }

  /** Options of tables are keys in a definition. */
  private static String asKey(String message) {
    return message.replaceFirst("^unknown option;", "unknown key;");
  }

  /** Returns the message of the innermost cause that has one. */
  static String rootMessage(Throwable failure) {
    String message = String.valueOf(failure.getMessage());
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause.getMessage() != null && !(cause instanceof NumberFormatException)) {
        message = cause.getMessage();
      }
    }
    return message;
  }

  private List<Problem> explain(String error) {
    return match(NO_FACTORY, error)
        .map(found -> List.of(noFactory(error, found.group(1), found.group(2))))
        .or(
            () ->
                match(UNSUPPORTED, error).map(found -> unsupported(found.group(1), found.group(2))))
        .or(() -> match(UPSERT_KEY, error).map(found -> List.of(otherKey(found.group(1)))))
        .or(
            () ->
                match(NO_WATERMARKS, error)
                    .map(found -> List.of(noWatermarks(found.group(1), found.group(2)))))
        .or(() -> match(UPDATES, error).map(found -> List.of(updates(found.group(1)))))
        .or(() -> match(SEVERAL_TIMES, error).map(found -> List.of(severalTimes(found.group(1)))))
        .or(() -> match(ZERO, error).map(found -> List.of(divisionByZero())))
        .or(() -> match(NO_TIME, error).map(found -> List.of(noTime())))
        .or(
            () ->
                match(NO_TYPE, error).map(found -> List.of(noType(found.group(1), found.group(3)))))
        .or(() -> match(NO_AVRO_NAME, error).map(found -> List.of(noName(found.group(1)))))
        .orElseGet(() -> List.of(at(mentioned(error).orElse(""), advised(error).orElse(error))));
  }

  private Problem noFactory(String error, String name, String known) {
    boolean format = error.contains("FormatFactory");
    String key = format ? FactoryUtil.FORMAT.key() : FactoryUtil.CONNECTOR.key();
    return at(
        key,
        "%s '%s' not found on the class path; available: %s"
            .formatted(key, name, String.join(", ", words(known))));
  }

  private List<Problem> unsupported(String keys, String known) {
    return keys.lines().map(String::strip).map(key -> at(key, unknown(key, words(known)))).toList();
  }

  private String unknown(String key, List<String> known) {
    String format = options().getOrDefault(FactoryUtil.FORMAT.key(), "");
    int dot = key.indexOf('.');
    boolean belongsToOther =
        dot > 0 && known.stream().noneMatch(other -> other.startsWith(key.substring(0, dot + 1)));
    return belongsToOther && !format.isEmpty()
        ? "has no effect with format '%s'; remove it or change format".formatted(format)
        : "unknown key" + Suggestion.among(known, key);
  }

  private Problem severalTimes(String columns) {
    List<String> times = List.of(columns.split(",\\s*"));
    String others =
        times.stream()
            .skip(1)
            .map("CAST(... AS TIMESTAMP_LTZ(3)) AS %s"::formatted)
            .collect(joining(", "));
    return at(
        "",
        "the query's result has %d event times, %s, but a record has one timestamp; keep one and write the others as %s"
            .formatted(times.size(), String.join(", ", times), others));
  }

  private Problem updates(String detail) {
    Optional<MatchResult> join = match(OUTER_JOIN, detail);
    if (join.isPresent()) {
      return outerJoin(join.get().group(1).toUpperCase(Locale.ROOT));
    }
    Optional<String> advised = advised(detail);
    if (advised.isPresent()) {
      return at("", advised.get());
    }
    return at(
        "",
        "the query updates rows that it has already emitted, but this output appends rows; %s (Flink: %s)"
            .formatted(WAYS_TO_UPDATE, detail));
  }

  /** Returns whether Flink cannot rule out several rows with the same key. */
  static boolean requiresOnConflict(ValidationException failure) {
    return UPSERT_KEY.matcher(rootMessage(failure)).find();
  }

  /**
   * @param upsertKey the columns that identify a row of the result, in brackets; empty if unknown
   */
  private Problem otherKey(String upsertKey) {
    String key = KafkaOutputOptions.PARTITION_KEY.key();
    return at(
        key,
        "'%s' does not identify the rows of the result%s, so rows with the same key would overwrite each other; set %s to the columns that do, or '%s' to deduplicate, error or nothing"
            .formatted(
                options().get(key).replace(";", ", "),
                upsertKey.isEmpty() || upsertKey.equals("none")
                    ? " as far as Flink can tell"
                    : "; %s does".formatted(upsertKey),
                key,
                OutputDefinition.ON_CONFLICT));
  }

  private Problem noWatermarks(String strategy, String tables) {
    return at(
        OutputDefinition.ON_CONFLICT,
        "'%s' compares rows when event time advances, but these inputs have no 'event-time': %s; declare it, or use %s"
            .formatted(
                strategy.toLowerCase(Locale.ROOT),
                Stream.of(tables.split(", "))
                    .map(table -> table.substring(table.lastIndexOf('.') + 1))
                    .collect(joining(", ")),
                OnConflict.DEDUPLICATE));
  }

  private Optional<String> advised(String error) {
    String name = path.substring(path.indexOf('.') + 1);
    String sql =
        definition.queries().stream()
            .filter(query -> query.name().equals(name))
            .map(Query::sql)
            .findFirst()
            .orElse("");
    return PlannerAdvice.of(error, error, sql);
  }

  private Problem divisionByZero() {
    return at(
        "",
        "the query divides by a constant that is zero; to get NULL, divide by NULLIF(divisor, 0)");
  }

  private Problem outerJoin(String kind) {
    return at(
        "",
        "the query's %s JOIN changes a row that it has already emitted when a matching row arrives, but this output appends rows; use JOIN or, with a reference table, LEFT JOIN ... FOR SYSTEM_TIME AS OF (see docs/migrate.md, Reference data), or %s"
            .formatted(kind, WAYS_TO_WRITE_UPDATES));
  }

  private Problem noTime() {
    return at(
        "",
        "the query's window requires an event-time column; declare it in the input's 'event-time',"
            + " and do not compute it in between");
  }

  private Problem noType(String type, String column) {
    return at(
        FactoryUtil.FORMAT.key(),
        "%s cannot write column '%s' of type %s; CAST it to STRING or use json"
            .formatted(options().get(FactoryUtil.FORMAT.key()), column, type));
  }

  private Problem noName(String name) {
    return at(
        FactoryUtil.FORMAT.key(),
        "avro cannot write column '%s': Avro names consist of letters, digits and '_', and do not start with a digit; rename it with AS (%s)"
            .formatted(name, ErrorCode.COLUMN_NAME_INVALID));
  }

  /** Returns the option that an error names, if any. */
  private Optional<String> mentioned(String error) {
    return match(VALUE, error)
        .map(found -> found.group(1))
        .or(
            () ->
                options().keySet().stream()
                    .filter(key -> key.contains(".") && error.contains("'" + key + "'"))
                    .findFirst());
  }

  private Map<String, String> options() {
    String name = path.substring(path.indexOf('.') + 1);
    return path.startsWith("outputs.")
        ? definition.outputs().get(name).options()
        : definition.inputs().get(name).options();
  }

  private Problem at(String key, String message) {
    return definition.problem(key.isEmpty() ? path : path + "." + key, message);
  }

  private static Optional<MatchResult> match(Pattern pattern, String error) {
    return pattern.matcher(error).results().findFirst();
  }

  private static List<String> words(String lines) {
    return List.of(lines.strip().split("\\s+"));
  }
}

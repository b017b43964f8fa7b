package dev.outflow.definition;

import dev.outflow.capture.EventHubsCaptureTableFactory;
import dev.outflow.option.Suggestion;
import dev.outflow.reference.References;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.flink.table.api.config.ExecutionConfigOptions;
import org.apache.flink.table.api.config.ExecutionConfigOptions.UpsertMaterialize;

/** Checks that the parts of a definition are consistent with each other. */
final class CrossChecks {
  private static final Duration LONGEST_DELAY = Duration.ofDays(1000);

  private static final Pattern WORD = Pattern.compile("\\w+");
  private static final Pattern TIME = Pattern.compile("(?is)\\s*(TIMESTAMP|AS\\b).*");
  private static final Pattern COMPUTED = Pattern.compile("(?is)\\s*AS\\b.*");
  private static final Pattern NOT_PHYSICAL =
      Pattern.compile("(?is)\\s*AS\\b.*|.*\\bMETADATA\\b.*");
  private static final Pattern ERROR_METADATA =
      Pattern.compile("(?is).*\\bMETADATA\\s+FROM\\s+'error-.*");
  private static final Pattern SELECT =
      Pattern.compile(
          "(?is)(?:\\s++|(?:--|//)[^\\n]*+(?:\\n|\\z)|/\\*.*?\\*/)*+(?<start>\\w++|\\S).*");
  private static final Set<String> STARTS = Set.of("SELECT", "WITH", "VALUES", "(");

  private final JobDefinition definition;
  private final Unusable unusable;
  private final List<Problem> problems = new ArrayList<>();

  private CrossChecks(JobDefinition definition, Unusable unusable) {
    this.definition = definition;
    this.unusable = unusable;
  }

  /** Returns all inconsistencies that do not follow from the unusable parts. */
  static List<Problem> problems(JobDefinition definition, Unusable unusable) {
    CrossChecks checks = new CrossChecks(definition, unusable);
    checks.checkNames();
    checks.checkQueries();
    definition.inputs().forEach(checks::checkInput);
    definition.outputs().forEach(checks::checkOutput);
    checks.checkReferences();
    return checks.problems;
  }

  private void checkNames() {
    for (String alias : definition.outputs().keySet()) {
      if (definition.inputs().containsKey(alias)) {
        report("outputs." + alias, "is also the name of an input; rename one");
      }
    }
    for (Query query : definition.queries()) {
      if (definition.inputs().containsKey(query.name())) {
        report("queries." + query.name(), "is also the name of an input; rename one");
      }
    }
    if (definition.transformation().isPresent() && !definition.queries().isEmpty()) {
      report("transformation", "conflicts with 'queries'; keep one");
    }
  }

  private void checkQueries() {
    if (definition.queries().isEmpty() || unusable.contains("queries")) {
      return;
    }
    definition.queries().forEach(this::checkSelect);
    List<String> unfilled = new ArrayList<>(definition.outputs().keySet());
    unfilled.removeIf(alias -> isQuery(alias) || unusable.contains("queries." + alias));
    for (Query query : definition.queries()) {
      if (isUnused(query)) {
        Optional<String> meant = Suggestion.nearest(unfilled, query.name());
        meant.ifPresent(unfilled::remove);
        report(
            "queries." + query.name(),
            "is unused; "
                + meant
                    .map("did you mean '%s'?"::formatted)
                    .orElse("rename it to an output, or remove it"));
      }
    }
    unfilled.forEach(alias -> report("outputs." + alias, "has no query; add queries." + alias));
  }

  private void checkSelect(Query query) {
    Matcher statement = SELECT.matcher(query.sql());
    if (!statement.matches()) {
      report("queries." + query.name(), "is empty; write a SELECT");
    } else if (!STARTS.contains(statement.group("start").toUpperCase(Locale.ROOT))) {
      report(
          "queries." + query.name(),
          "starts with '%s'; a query must be a single SELECT".formatted(statement.group("start")));
    }
  }

  private boolean isQuery(String name) {
    return definition.queries().stream().anyMatch(query -> query.name().equals(name));
  }

  private boolean isUnused(Query query) {
    int index = definition.queries().indexOf(query);
    return !definition.outputs().containsKey(query.name())
        && !definition.inputs().containsKey(query.name())
        && !unusable.affects("outputs")
        && !unusable.affects("queries")
        && definition.queries().stream().noneMatch(this::isSetOnTheCommandLine)
        && definition.queries().stream()
            .skip(index + 1L)
            .noneMatch(later -> names(later, query.name()));
  }

  /** An override can replace the query that uses another one on purpose. */
  private boolean isSetOnTheCommandLine(Query query) {
    return definition.locations().apply("queries." + query.name()).file().startsWith("--set");
  }

  /** Returns whether a query contains the name or a typo of it, which is reported elsewhere. */
  private static boolean names(Query query, String name) {
    return WORD.matcher(query.sql())
        .results()
        .map(MatchResult::group)
        .anyMatch(
            word -> word.equals(name) || Suggestion.misspelled(List.of(name), word).isPresent());
  }

  private void checkInput(String name, InputDefinition input) {
    input.eventTime().ifPresent(time -> checkEventTime("inputs." + name, input, time));
    checkPrimaryKey("inputs." + name, input);
    if (input.hasDeadLetters()) {
      input
          .columns()
          .forEach(
              (column, type) -> {
                if (ERROR_METADATA.matcher(type).matches()) {
                  report(
                      "inputs." + name + ".columns." + column,
                      "is always null, because on-error 'dead-letter' removes bad records from the input; remove the column, or on-error");
                }
              });
    }
  }

  private void checkOutput(String alias, OutputDefinition output) {
    if (output.onConflict().isEmpty()) {
      return;
    }
    String path = "outputs." + alias + "." + OutputDefinition.ON_CONFLICT;
    if (!output.isUpsert()) {
      report(path, "has no effect without mode 'upsert'; remove it or set 'mode: upsert'");
    }
    String materialize = ExecutionConfigOptions.TABLE_EXEC_SINK_UPSERT_MATERIALIZE.key();
    if (UpsertMaterialize.NONE.name().equalsIgnoreCase(definition.flink().get(materialize))) {
      report(path, "has no effect with flink.%s 'NONE'; remove one".formatted(materialize));
    }
  }

  private void checkPrimaryKey(String table, InputDefinition input) {
    String path = table + ".primary-key";
    List<String> key = input.primaryKey();
    for (String column : key) {
      String type = input.columns().get(column);
      if (type == null) {
        report(
            path,
            "unknown column '%s'%s"
                .formatted(column, Suggestion.among(input.columns().keySet(), column)));
      } else if (NOT_PHYSICAL.matcher(type).matches()) {
        report(
            path,
            "'%s' is '%s', but the columns of a primary key must have a type only; Outflow reads them from the record's key"
                .formatted(column, type));
      }
    }
    if (key.stream().distinct().count() < key.size()) {
      report(path, "contains a column twice; remove one");
    }
  }

  private void checkEventTime(String table, InputDefinition input, EventTime time) {
    String path = table + ".event-time.";
    Set<String> columns = input.columns().keySet();
    if (unusable.contains(table + ".columns." + time.column())) {
      return;
    }
    if (!columns.contains(time.column())) {
      report(
          path + "column",
          "unknown column '%s'%s"
              .formatted(time.column(), Suggestion.among(columns, time.column())));
    }
    String type = input.columns().getOrDefault(time.column(), "TIMESTAMP");
    if (!TIME.matcher(type).matches()) {
      report(
          path + "column",
          "'%s' is %s but must be TIMESTAMP or TIMESTAMP_LTZ; convert it in a computed column: AS %s"
              .formatted(time.column(), type, conversion(time.column(), type)));
    } else if (input.isKafka() && time.isOrdered() && COMPUTED.matcher(type).matches()) {
      report(
          path + "column",
          "'%s' is a computed column, but 'late' and 'policy' require a physical one; declare it as TIMESTAMP_LTZ(3), or remove them"
              .formatted(time.column()));
    }
    checkDelay(path + "out-of-order", Optional.of(time.outOfOrder()));
    checkDelay(path + "late", time.late());
    checkDelay(path + "idle-after", time.idleAfter());
    if (time.idleAfter().filter(Duration::isZero).isPresent()) {
      report(path + "idle-after", "must be greater than 0");
    }
    if (time.idleAdvance().orElse(false) && time.late().isEmpty() && time.idleAfter().isEmpty()) {
      report(
          path + "idle-advance",
          "requires 'late' or 'idle-after': how far the time of a partition without records stays behind the clock");
    }
    if (input.connector().equals(EventHubsCaptureTableFactory.IDENTIFIER)
        && time.outOfOrder().isZero()) {
      report(
          path + "out-of-order",
          "must be at least the time window of Capture, e.g. 5 min: each partition has a file for a window, and these files are read one after the other");
    }
    if (!input.isKafka()) {
      time.idleAdvance()
          .ifPresent(advance -> requireKafka(path + "idle-advance", input.connector()));
      time.late().ifPresent(delay -> requireKafka(path + "late", input.connector()));
      time.policy().ifPresent(policy -> requireKafka(path + "policy", input.connector()));
      time.idleAfter().ifPresent(delay -> requireKafka(path + "idle-after", input.connector()));
    }
  }

  private void checkDelay(String path, Optional<Duration> delay) {
    if (delay.filter(time -> time.compareTo(LONGEST_DELAY) >= 0).isPresent()) {
      report(path, "must be less than 1000 days");
    }
  }

  private void requireKafka(String path, String connector) {
    boolean hasArrival = connector.equals(EventHubsCaptureTableFactory.IDENTIFIER);
    report(
        path,
        "requires connector 'kafka', %s; remove it ('%s' supports 'out-of-order' only)"
            .formatted(
                hasArrival
                    ? "which reads all partitions at the same time"
                    : "whose records have an arrival time",
                connector));
  }

  private static String conversion(String column, String type) {
    String quoted = "`" + column + "`";
    String kind = type.strip().toUpperCase(Locale.ROOT);
    if (kind.startsWith("STRING") || kind.contains("CHAR")) {
      return "TO_TIMESTAMP(%s)".formatted(quoted);
    }
    return kind.startsWith("BIGINT") || kind.startsWith("INT")
        ? "TO_TIMESTAMP_LTZ(%s, 3)".formatted(quoted)
        : "CAST(%s AS TIMESTAMP(3))".formatted(quoted);
  }

  /** References are only resolved in the options of Kafka inputs and outputs. */
  private void checkReferences() {
    rejectReference("name", definition.name());
    definition.transformation().ifPresent(name -> rejectReference("transformation", name));
    definition.flink().forEach((key, value) -> rejectReference("flink." + key, value));
    for (Map.Entry<String, InputDefinition> input : definition.inputs().entrySet()) {
      String path = "inputs." + input.getKey();
      rejectReference(path + ".connector", input.getValue().connector());
      input
          .getValue()
          .columns()
          .forEach((column, type) -> rejectReference(path + ".columns." + column, type));
      boolean resolvesThem =
          input.getValue().isKafka()
              || input.getValue().options().keySet().stream()
                  .anyMatch(key -> key.contains("config.providers"));
      if (!resolvesThem) {
        input
            .getValue()
            .options()
            .forEach((key, value) -> rejectReference(path + "." + key, value));
      }
    }
  }

  private void rejectReference(String path, String value) {
    if (References.isIn(value)) {
      report(
          path,
          "references are only resolved in options of Kafka inputs and outputs; use --set to pass"
              + " the value");
    }
  }

  private void report(String path, String message) {
    problems.add(definition.problem(path, message));
  }
}

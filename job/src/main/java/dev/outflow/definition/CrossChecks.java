package dev.outflow.definition;

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

/** Whether the parts of a definition fit together: what concerns more than one property. */
final class CrossChecks {
  private static final Duration LONGEST_DELAY = Duration.ofDays(1000);

  private static final Pattern WORD = Pattern.compile("\\w+");
  private static final Pattern TIME = Pattern.compile("(?is)\\s*(TIMESTAMP|AS\\b).*");
  private static final Pattern COMPUTED = Pattern.compile("(?is)\\s*AS\\b.*");
  private static final Pattern SELECT =
      Pattern.compile(
          "(?is)(?:\\s++|(?:--|//)[^\\n]*+(?:\\n|\\z)|/\\*.*?\\*/)*+(?<begin>\\w++|\\S).*");
  private static final Set<String> BEGINNINGS = Set.of("SELECT", "WITH", "VALUES", "(");

  private final JobDefinition definition;
  private final Set<String> lost;
  private final List<Problem> problems = new ArrayList<>();

  private CrossChecks(JobDefinition definition, Set<String> lost) {
    this.definition = definition;
    this.lost = lost;
  }

  /**
   * Everything that does not fit.
   *
   * @param lost what of the definition could not be read, as in {@link Draft}
   */
  static List<Problem> problems(JobDefinition definition, Set<String> lost) {
    CrossChecks wiring = new CrossChecks(definition, lost);
    wiring.checkNames();
    wiring.checkQueries();
    definition.inputs().forEach(wiring::checkInput);
    wiring.checkReferences();
    return wiring.problems;
  }

  private void checkNames() {
    for (String alias : definition.outputs().keySet()) {
      if (definition.inputs().containsKey(alias)) {
        tell("outputs." + alias, "is also the name of an input; rename one");
      }
    }
    for (Query query : definition.queries()) {
      if (definition.inputs().containsKey(query.name())) {
        tell("queries." + query.name(), "is also the name of an input; rename one");
      }
    }
    if (definition.transformation().isPresent() && !definition.queries().isEmpty()) {
      tell("transformation", "cannot stand beside 'queries'; keep one");
    }
  }

  private void checkQueries() {
    if (definition.queries().isEmpty() || lost.contains("queries")) {
      return;
    }
    definition.queries().forEach(this::checkSelect);
    List<String> unfilled = new ArrayList<>(definition.outputs().keySet());
    unfilled.removeIf(alias -> isQuery(alias) || lost.contains("queries." + alias));
    for (Query query : definition.queries()) {
      if (isUseless(query)) {
        Optional<String> meant = Suggestion.nearest(unfilled, query.name());
        meant.ifPresent(unfilled::remove);
        tell(
            "queries." + query.name(),
            "fills no output, and no later query reads it"
                + meant
                    .map("; did you mean '%s'?"::formatted)
                    .orElse("; name it as an output, or remove it"));
      }
    }
    unfilled.forEach(alias -> tell("outputs." + alias, "no query fills it; add queries." + alias));
  }

  private void checkSelect(Query query) {
    Matcher statement = SELECT.matcher(query.sql());
    if (!statement.matches()) {
      tell("queries." + query.name(), "is empty; write a SELECT");
    } else if (!BEGINNINGS.contains(statement.group("begin").toUpperCase(Locale.ROOT))) {
      tell(
          "queries." + query.name(),
          "begins with '%s'; a query is one SELECT".formatted(statement.group("begin")));
    }
  }

  private boolean isQuery(String name) {
    return definition.queries().stream().anyMatch(query -> query.name().equals(name));
  }

  private boolean isUseless(Query query) {
    int place = definition.queries().indexOf(query);
    return !definition.outputs().containsKey(query.name())
        && !definition.inputs().containsKey(query.name())
        && !lost.contains("outputs")
        && lost.stream().noneMatch(path -> path.matches("(?:outputs|queries)\\..*"))
        && definition.queries().stream().noneMatch(this::isSetOnTheCommandLine)
        && definition.queries().stream()
            .skip(place + 1L)
            .noneMatch(later -> names(later, query.name()));
  }

  /** What another query was for may have been replaced on purpose. */
  private boolean isSetOnTheCommandLine(Query query) {
    return definition.places().apply("queries." + query.name()).file().startsWith("--set");
  }

  /** Whether a query has a word that is the name, or is meant to be: that is told elsewhere. */
  private static boolean names(Query query, String name) {
    return WORD.matcher(query.sql())
        .results()
        .map(MatchResult::group)
        .anyMatch(
            word -> word.equals(name) || Suggestion.misspelt(List.of(name), word).isPresent());
  }

  private void checkInput(String name, InputDefinition input) {
    input.eventTime().ifPresent(time -> checkEventTime("inputs." + name, input, time));
  }

  private void checkEventTime(String table, InputDefinition input, EventTime time) {
    String path = table + ".event-time.";
    Set<String> columns = input.columns().keySet();
    if (!columns.contains(time.column())) {
      tell(
          path + "column",
          "there is no column '%s'%s"
              .formatted(time.column(), Suggestion.among(columns, time.column())));
    }
    String type = input.columns().getOrDefault(time.column(), "TIMESTAMP");
    if (!TIME.matcher(type).matches()) {
      tell(
          path + "column",
          "'%s' is %s, and must be TIMESTAMP or TIMESTAMP_LTZ; a computed column can convert it: AS %s"
              .formatted(time.column(), type, conversion(time.column(), type)));
    } else if (input.isKafka() && time.isOrdered() && COMPUTED.matcher(type).matches()) {
      tell(
          path + "column",
          "'%s' is computed, and 'late' and 'policy' can only adjust what is read; read it as TIMESTAMP_LTZ(3), or remove these"
              .formatted(time.column()));
    }
    checkDelay(path + "out-of-order", Optional.of(time.outOfOrder()));
    checkDelay(path + "late", time.late());
    checkDelay(path + "idle-after", time.idleAfter());
    if (time.idleAfter().filter(Duration::isZero).isPresent()) {
      tell(path + "idle-after", "must be more than 0");
    }
    if (!input.isKafka()) {
      time.late().ifPresent(it -> refuse(path + "late", input.connector()));
      time.policy().ifPresent(it -> refuse(path + "policy", input.connector()));
      time.idleAfter().ifPresent(it -> refuse(path + "idle-after", input.connector()));
    }
  }

  private void checkDelay(String path, Optional<Duration> delay) {
    if (delay.filter(it -> it.compareTo(LONGEST_DELAY) >= 0).isPresent()) {
      tell(path, "must be less than 1000 days");
    }
  }

  private void refuse(String path, String connector) {
    tell(
        path,
        "is for connector 'kafka' only, whose records have a time of arrival; remove it, '%s' has 'out-of-order'"
            .formatted(connector));
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

  /** References are read in the options of Kafka inputs and outputs, and nowhere else. */
  private void checkReferences() {
    refuseReference("name", definition.name());
    definition.transformation().ifPresent(name -> refuseReference("transformation", name));
    definition.flink().forEach((key, value) -> refuseReference("flink." + key, value));
    for (Map.Entry<String, InputDefinition> input : definition.inputs().entrySet()) {
      String path = "inputs." + input.getKey();
      refuseReference(path + ".connector", input.getValue().connector());
      input
          .getValue()
          .columns()
          .forEach((column, type) -> refuseReference(path + ".columns." + column, type));
      boolean resolvesThem =
          input.getValue().isKafka()
              || input.getValue().options().keySet().stream()
                  .anyMatch(key -> key.contains("config.providers"));
      if (!resolvesThem) {
        input
            .getValue()
            .options()
            .forEach((key, value) -> refuseReference(path + "." + key, value));
      }
    }
  }

  private void refuseReference(String path, String value) {
    if (References.isIn(value)) {
      tell(
          path,
          "has a reference, which is not read here but only in the options of Kafka inputs and"
              + " outputs; --set can give the value");
    }
  }

  private void tell(String path, String message) {
    problems.add(definition.problem(path, message));
  }
}

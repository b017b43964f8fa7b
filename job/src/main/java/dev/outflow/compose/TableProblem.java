package dev.outflow.compose;

import dev.outflow.definition.JobDefinition;
import dev.outflow.definition.Problem;
import dev.outflow.kafka.error.ErrorCode;
import dev.outflow.option.InvalidOptionsException;
import dev.outflow.option.Suggestion;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.apache.flink.table.factories.FactoryUtil;

/**
 * What Flink says about a table, at the property of the definition that it is about.
 *
 * @param path the input or output: {@code outputs.large_orders}
 */
record TableProblem(JobDefinition definition, String path) {
  private static final Pattern NO_FACTORY =
      Pattern.compile(
          "(?s).*Could not find any factory for identifier '([^']*)'.*?(?:DeserializationFormat|SerializationFormat|)Factory.*?identifiers are:\\s*(.*)");
  private static final Pattern UNSUPPORTED =
      Pattern.compile("(?s)Unsupported options:\\s*(\\S.*?)\\s*Supported options:\\s*(.*)");
  private static final Pattern UPDATES = Pattern.compile("(?s).*doesn't support consuming (.*)");
  private static final Pattern NO_TIME =
      Pattern.compile("(?s).*requires the timecol is a time attribute type.*");
  private static final Pattern NO_TYPE =
      Pattern.compile("(?s)Unsupported type '(.*?)( NOT NULL)?' for field '(.*)'.*");
  private static final Pattern NO_AVRO_NAME =
      Pattern.compile("(?s)Illegal (?:initial )?character(?: in)?: (.*)");
  private static final Pattern VALUE = Pattern.compile("for key '([^']+)'");

  /** The problems that a failure tells, each with what to do as far as that is known. */
  static List<Problem> of(JobDefinition definition, String path, RuntimeException failure) {
    TableProblem table = new TableProblem(definition, path);
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof InvalidOptionsException invalid) {
        return invalid.problems().stream()
            .map(each -> table.at(each.key(), each.message()))
            .toList();
      }
    }
    return table.explain(rootMessage(failure));
  }

  /** What the innermost failure says that says anything. */
  static String rootMessage(Throwable failure) {
    String message = String.valueOf(failure.getMessage());
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause.getMessage() != null && !(cause instanceof NumberFormatException)) {
        message = cause.getMessage();
      }
    }
    return message;
  }

  private List<Problem> explain(String told) {
    return match(NO_FACTORY, told)
        .map(it -> List.of(noFactory(told, it.group(1), it.group(2))))
        .or(() -> match(UNSUPPORTED, told).map(it -> unsupported(it.group(1), it.group(2))))
        .or(() -> match(UPDATES, told).map(it -> List.of(updates(it.group(1)))))
        .or(() -> match(NO_TIME, told).map(it -> List.of(noTime())))
        .or(() -> match(NO_TYPE, told).map(it -> List.of(noType(it.group(1), it.group(3)))))
        .or(() -> match(NO_AVRO_NAME, told).map(it -> List.of(noName(it.group(1)))))
        .orElseGet(() -> List.of(at(mentioned(told).orElse(""), told)));
  }

  private Problem noFactory(String told, String name, String known) {
    boolean format = told.contains("FormatFactory");
    String key = format ? FactoryUtil.FORMAT.key() : FactoryUtil.CONNECTOR.key();
    return at(
        key,
        "there is no %s '%s' on the class path; there are %s"
            .formatted(key, name, String.join(", ", words(known))));
  }

  private List<Problem> unsupported(String keys, String known) {
    return keys.lines().map(String::strip).map(key -> at(key, unknown(key, words(known)))).toList();
  }

  private String unknown(String key, List<String> known) {
    String format = options().getOrDefault(FactoryUtil.FORMAT.key(), "");
    int dot = key.indexOf('.');
    boolean ofAnother =
        dot > 0 && known.stream().noneMatch(other -> other.startsWith(key.substring(0, dot + 1)));
    return ofAnother && !format.isEmpty()
        ? "has no meaning with format '%s'; remove it, or change that".formatted(format)
        : "unknown key" + Suggestion.among(known, key);
  }

  private Problem updates(String told) {
    return at(
        "",
        "the query's result changes rows that it has already given, and this format can only append; aggregate in a window (TUMBLE, HOP), or choose a format for changes such as debezium-json (Flink: %s)"
            .formatted(told));
  }

  private Problem noTime() {
    return at(
        "",
        "the query's window needs a column that is event time; name it in the input's 'event-time', and pass it on unchanged");
  }

  private Problem noType(String type, String column) {
    return at(
        FactoryUtil.FORMAT.key(),
        "%s cannot write column '%s' of type %s; CAST it to STRING, or choose json"
            .formatted(options().get(FactoryUtil.FORMAT.key()), column, type));
  }

  private Problem noName(String name) {
    return at(
        FactoryUtil.FORMAT.key(),
        "avro cannot write column '%s': a name there has letters, digits and '_', and no digit first; rename it with AS (%s)"
            .formatted(name, ErrorCode.COLUMN_NAME_INVALID));
  }

  /** The option that a message is about, if it names one. */
  private Optional<String> mentioned(String told) {
    return match(VALUE, told)
        .map(it -> it.group(1))
        .or(
            () ->
                options().keySet().stream()
                    .filter(key -> key.contains(".") && told.contains("'" + key + "'"))
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

  private static Optional<MatchResult> match(Pattern pattern, String told) {
    return pattern.matcher(told).results().findFirst();
  }

  private static List<String> words(String lines) {
    return List.of(lines.strip().split("\\s+"));
  }
}

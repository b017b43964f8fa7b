package dev.outflow.compose;

import dev.outflow.definition.InputDefinition;
import dev.outflow.definition.JobDefinition;
import dev.outflow.definition.Problem;
import dev.outflow.definition.Query;
import dev.outflow.kafka.output.KafkaOutputOptions;
import dev.outflow.option.Suggestion;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Checks the partition keys of outputs whose query cannot be planned: a column of a result is
 * written in a query or in the columns of an input, or Flink has named it.
 */
final class PossibleColumns {
  private static final Pattern WORD = Pattern.compile("[\\w$]+");
  private static final Set<String> OF_WINDOWS = Set.of("window_start", "window_end", "window_time");

  /** Names of columns that have none, and of those that Flink renames. */
  private static final Pattern OF_FLINK = Pattern.compile("EXPR\\$\\d+|f\\d+|.*\\D\\d");

  private PossibleColumns() {}

  /** Returns a problem if a partition key cannot be a column of any result. */
  static List<Problem> problems(JobDefinition definition, String alias) {
    if (definition.queries().isEmpty()) {
      return List.of();
    }
    String keys =
        definition
            .outputs()
            .get(alias)
            .options()
            .getOrDefault(KafkaOutputOptions.PARTITION_KEY.key(), "");
    Set<String> possible = possible(definition);
    return List.of(keys.split(";")).stream()
        .map(String::strip)
        .filter(key -> WORD.matcher(key).matches())
        .filter(key -> !possible.contains(key) && !OF_FLINK.matcher(key).matches())
        .map(
            key ->
                definition.problem(
                    "outputs." + alias + "." + KafkaOutputOptions.PARTITION_KEY.key(),
                    "unknown column '%s'%s"
                        .formatted(
                            key,
                            Suggestion.nearest(possible, key)
                                .map("; did you mean '%s'?"::formatted)
                                .orElse("; no query selects it"))))
        .toList();
  }

  private static Set<String> possible(JobDefinition definition) {
    Set<String> possible = new TreeSet<>(OF_WINDOWS);
    for (InputDefinition input : definition.inputs().values()) {
      possible.addAll(input.columns().keySet());
      input.columns().values().forEach(type -> addWords(possible, type)); // Fields of a ROW.
    }
    for (Query query : definition.queries()) {
      addWords(possible, query.sql());
    }
    return possible;
  }

  private static void addWords(Set<String> words, String text) {
    WORD.matcher(text).results().map(MatchResult::group).forEach(words::add);
  }
}

package dev.outflow.definition;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * A job as its author wrote it, in the order in which it is written.
 *
 * @param name shown in Flink's web UI and part of transactional ids and consumer groups
 * @param inputs tables to read by name
 * @param queries one SELECT each; empty when {@code transformation} does the work
 * @param transformation the class that does the work instead; absent with queries, or when the only
 *     one on the class path is meant
 * @param outputs where to write the result of each name
 * @param flink Flink's own options
 * @param places where a property is written, by its path, for messages about it
 */
public record JobDefinition(
    String name,
    Map<String, InputDefinition> inputs,
    List<Query> queries,
    Optional<String> transformation,
    Map<String, OutputDefinition> outputs,
    Map<String, String> flink,
    Function<String, Place> places) {

  /**
   * Checks what concerns more than one property.
   *
   * @throws InvalidDefinitionException with everything that is wrong
   */
  public JobDefinition {
    inputs = Collections.unmodifiableMap(new LinkedHashMap<>(inputs));
    outputs = Collections.unmodifiableMap(new LinkedHashMap<>(outputs));
    queries = List.copyOf(queries);
    flink = Map.copyOf(flink);
    List<Problem> problems = new ArrayList<>();
    if (!queries.isEmpty() && transformation.isPresent()) {
      problems.add(problem(places, "transformation", "cannot stand beside 'queries'; keep one"));
    }
    for (String alias : outputs.keySet()) {
      if (inputs.containsKey(alias)) {
        problems.add(
            problem(places, "outputs." + alias, "is also the name of an input; rename one"));
      }
      if (!queries.isEmpty() && queries.stream().noneMatch(query -> query.name().equals(alias))) {
        problems.add(
            problem(places, "outputs." + alias, "no query fills it; add queries." + alias));
      }
    }
    for (Map.Entry<String, InputDefinition> input : inputs.entrySet()) {
      Set<String> columns = input.getValue().columns().keySet();
      input
          .getValue()
          .eventTime()
          .map(EventTime::column)
          .filter(column -> !columns.contains(column))
          .ifPresent(
              column ->
                  problems.add(
                      problem(
                          places,
                          "inputs." + input.getKey() + ".event-time.column",
                          "there is no column '%s'%s"
                              .formatted(column, Suggestion.among(columns, column)))));
    }
    for (Query query : queries) {
      if (inputs.containsKey(query.name())) {
        problems.add(query.problem("is also the name of an input; rename one"));
      }
    }
    if (!problems.isEmpty()) {
      throw new InvalidDefinitionException(problems);
    }
  }

  /** A problem with the property at {@code path}. */
  public Problem problem(String path, String message) {
    return problem(places, path, message);
  }

  private static Problem problem(Function<String, Place> places, String path, String message) {
    return new Problem(places.apply(path), path, message);
  }

  /** Flink's options can hold secrets: their names only. */
  @Override
  public String toString() {
    return "JobDefinition[%s, inputs=%s, outputs=%s, flink=%s]"
        .formatted(name, inputs, outputs, flink.keySet());
  }
}

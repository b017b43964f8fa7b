package dev.outflow.asa.translation;

import dev.outflow.asa.query.Position;
import dev.outflow.asa.query.Script;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The statements that could be translated; those into the same output become one query. */
final class TranslatedStatements {
  private final OutputNames names;
  private final Map<String, Output> outputs = new LinkedHashMap<>();
  private final Set<Step> read = new LinkedHashSet<>();
  private final Map<String, Result> unions = new LinkedHashMap<>();
  private int translated;
  private int differing;

  /** An output, with the views and the results of its statements. */
  private record Output(
      String alias, Position at, String origin, List<View> views, List<Result> results) {}

  TranslatedStatements(OutputNames names) {
    this.names = names;
  }

  /**
   * Adds a statement.
   *
   * @param views that its query needs
   * @param notes on it
   * @param origin of its query
   */
  void add(Script.Statement statement, Result result, Views views, Notes notes, String origin) {
    Output output =
        outputs.computeIfAbsent(
            names.key(statement),
            key ->
                new Output(
                    names.alias(statement),
                    statement.query().at(),
                    origin,
                    new ArrayList<>(),
                    new ArrayList<>()));
    output.views().addAll(views.list());
    output.results().add(result);
    Set<Step> used = new LinkedHashSet<>();
    views.steps().forEach(step -> addWithSteps(step, used));
    read.addAll(used);
    boolean differs =
        notes.hasDifference() || used.stream().anyMatch(step -> step.notes().hasDifference());
    translated++;
    differing += differs ? 1 : 0;
  }

  private static void addWithSteps(Step step, Set<Step> into) {
    step.steps().forEach(before -> addWithSteps(before, into));
    into.add(step);
  }

  /** Learns types of columns from statements into the same output. */
  void collect() {
    outputs.values().forEach(output -> Unions.collect(output.results()));
  }

  /**
   * Returns the queries of job.yaml in order: the steps that statements read, then the statements.
   *
   * @param steps all steps in order
   * @param notes that those of the steps are added to
   */
  List<View> views(List<Step> steps, Notes notes) {
    List<View> views = new ArrayList<>();
    for (Step step : steps) {
      if (read.contains(step)) {
        notes.add(step.notes());
        views.addAll(step.views());
      }
    }
    outputs.forEach(
        (key, output) -> {
          views.addAll(output.views());
          Result result = Unions.of(output.results(), output.at(), notes);
          unions.put(key, result);
          views.add(new View(names.name(key), result.sql(), output.origin()));
        });
    return views;
  }

  /** Returns the outputs by their alias in lowercase; complete after {@link #views}. */
  Map<String, Translation.Output> outputs() {
    Map<String, Translation.Output> written = new LinkedHashMap<>();
    unions.forEach(
        (key, result) ->
            written.put(
                key,
                new Translation.Output(
                    outputs.get(key).alias(),
                    names.name(key),
                    result.columns().stream().map(Field::name).toList(),
                    result.hasTimes(),
                    result.columns().stream()
                        .filter(field -> field.slot().isUndeclared())
                        .map(Field::name)
                        .findFirst())));
    return written;
  }

  int translated() {
    return translated;
  }

  int differing() {
    return differing;
  }
}

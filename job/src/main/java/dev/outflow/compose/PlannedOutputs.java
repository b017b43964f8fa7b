package dev.outflow.compose;

import dev.outflow.definition.JobDefinition;
import dev.outflow.definition.OnConflict;
import dev.outflow.definition.OutputDefinition;
import dev.outflow.definition.Problem;
import dev.outflow.definition.Unusable;
import dev.outflow.kafka.output.KafkaOutputOptions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.flink.table.api.Table;
import org.apache.flink.table.api.TablePipeline;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;

/**
 * Creates the tables of outputs and plans what inserts results into them.
 *
 * <p>Reports all problems of a result at once: if the table of its output fails, it is planned with
 * a {@link PlanningStub}. Leaves out consequences of problems that are already reported.
 */
final class PlannedOutputs {
  private final JobDefinition definition;
  private final OutputTables tables;
  private final ProblemList problems;
  private final UncheckedParts unchecked;
  private final Unusable unusable;
  private final Set<String> misspelled;
  private final ZonedWindows zoned;
  private final Map<String, String> ddl = new LinkedHashMap<>();
  private final Map<String, OnConflict> conflicts = new LinkedHashMap<>();
  private final Map<String, Set<PlannedWindow>> windows = new LinkedHashMap<>();
  private final List<Problem> warnings = new ArrayList<>();

  /**
   * Plans nothing yet.
   *
   * @param problems to which it adds those that it finds
   * @param unchecked to which it adds what it could not check
   * @param unusable what inputs and functions lack
   * @param misspelled the columns that queries misspell
   */
  PlannedOutputs(
      JobDefinition definition,
      StreamTableEnvironment tables,
      ProblemList problems,
      UncheckedParts unchecked,
      Unusable unusable,
      Set<String> misspelled,
      ZonedWindows zoned) {
    this.definition = definition;
    this.tables = new OutputTables(tables);
    this.problems = problems;
    this.unchecked = unchecked;
    this.unusable = unusable;
    this.misspelled = misspelled;
    this.zoned = zoned;
  }

  /**
   * Creates the table of an output.
   *
   * @param valid whether its options are valid
   * @return what inserts the result, if the output can write it
   */
  Optional<TablePipeline> create(
      String alias, OutputDefinition output, boolean valid, Table result) {
    List<Problem> unwritable = ResultColumns.unwritable(definition, alias, result);
    if (!unwritable.isEmpty()) {
      problems.addNew(unwritable);
      return Optional.empty();
    }
    List<Problem> failures = insert(alias, valid ? output : PlanningStub.of(output), result);
    List<Problem> found = new ArrayList<>(ResultColumns.problems(definition, alias, result));
    found.addAll(failures);
    Optional<String> time = missingEventTime(alias);
    if (time.isPresent()
        && found.removeIf(problem -> problem.property().equals("outputs." + alias))) {
      unchecked.addQuery(alias, time.get()); // A window, for example, needs it.
    }
    found.removeIf(this::isOfMissingColumn);
    if (!failures.isEmpty()) { // A problem of the format can hide those of columns.
      insert(alias, PlanningStub.inJson(output), result).stream()
          .filter(problem -> namesColumns(alias, problem.property()))
          .filter(problem -> !isOfMissingColumn(problem))
          .forEach(found::add);
    }
    problems.addNew(found);
    if (!failures.isEmpty()) {
      return Optional.empty();
    }
    ddl.put(alias, Ddl.createOutput(alias, result.getResolvedSchema(), output.redacted()));
    return Optional.of(tables.insert(alias, result, Optional.ofNullable(conflicts.get(alias))));
  }

  private List<Problem> insert(String alias, OutputDefinition output, Table result) {
    try {
      tables.create(alias, result.getResolvedSchema(), output);
      InsertedResult inserted = InsertedResult.plan(tables, alias, output, result);
      inserted.onConflict().ifPresent(chosen -> conflicts.put(alias, chosen));
      findWindows(alias, inserted.pipeline());
      return List.of();
    } catch (RuntimeException e) {
      return TableProblem.of(definition, "outputs." + alias, e);
    }
  }

  /** Only a compiled plan contains the length of windows. */
  private void findWindows(String alias, TablePipeline pipeline) {
    if (!zoned.isPossible()) {
      return;
    }
    try {
      windows.put(alias, PlannedWindow.in(pipeline.compilePlan().asJsonString()));
    } catch (
        Exception e) { // Flink throws an undeclared checked exception of its relocated Jackson.
      warnings.add(
          definition.problem(
              "flink." + JobTimeZone.KEY,
              "the windows of '%s' are not checked, because a transformation with DataStreams has no compiled plan; in UTC all are correct"
                  .formatted(alias)));
    }
  }

  private static boolean namesColumns(String alias, String property) {
    String output = "outputs." + alias + ".";
    return property.startsWith(output)
        && KafkaOutputOptions.namesColumns(property.substring(output.length()));
  }

  /** Returns the path of an event time that is invalid and that the query of an output may need. */
  private Optional<String> missingEventTime(String alias) {
    return unusable.eventTimes().stream()
        .filter(time -> QueryInputs.reads(definition.queries(), alias, time.split("\\.", 3)[1]))
        .findFirst();
  }

  /** Returns whether a result lacks a column only because its type or its name is reported. */
  private boolean isOfMissingColumn(Problem problem) {
    return Stream.concat(unusable.columns().keySet().stream(), misspelled.stream())
        .anyMatch(column -> problem.message().startsWith("unknown column '%s'".formatted(column)));
  }

  /** Reports the windows of all outputs that Flink cuts wrongly in the job's time zone. */
  void reportWindows() {
    zoned
        .problems(windows)
        .forEach(
            message ->
                problems.add(List.of(definition.problem("flink." + JobTimeZone.KEY, message))));
  }

  /** Returns the DDL of the outputs that can write their result, without secrets. */
  Map<String, String> ddl() {
    return ddl;
  }

  /**
   * Returns what outputs do with several rows of the same key, where Flink cannot rule them out.
   */
  Map<String, OnConflict> conflicts() {
    return conflicts;
  }

  List<Problem> warnings() {
    return warnings;
  }
}

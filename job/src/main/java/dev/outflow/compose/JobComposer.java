package dev.outflow.compose;

import dev.outflow.definition.Draft;
import dev.outflow.definition.InputDefinition;
import dev.outflow.definition.InvalidDefinitionException;
import dev.outflow.definition.JobDefinition;
import dev.outflow.definition.OutputDefinition;
import dev.outflow.definition.Problem;
import dev.outflow.definition.Query;
import dev.outflow.definition.Unusable;
import dev.outflow.kafka.RootLocale;
import dev.outflow.kafka.option.SecretWarnings;
import dev.outflow.kafka.output.KafkaOutput;
import dev.outflow.option.OptionProblem;
import dev.outflow.transformation.SqlTransformation;
import dev.outflow.transformation.TransformationLoader;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.Table;
import org.apache.flink.table.api.bridge.java.StreamStatementSet;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.table.catalog.ResolvedSchema;

/**
 * Composes a job from a definition: input tables, transformation, output tables.
 *
 * <p>A table that fails is replaced by a {@link PlanningStub} for the following steps, so that all
 * problems are reported at once.
 */
public final class JobComposer {
  private final JobDefinition definition;
  private final StreamTableEnvironment tables;
  private final List<Problem> problems;
  private final List<Problem> secretWarnings = new ArrayList<>();
  private final List<Problem> planWarnings = new ArrayList<>();
  private final Map<String, String> ddl = new LinkedHashMap<>();
  private Unusable unusable;

  private JobComposer(Draft draft, StreamTableEnvironment tables) {
    this.definition = draft.definition();
    this.unusable = draft.unusable();
    this.problems = new ArrayList<>(draft.problems());
    this.tables = tables;
  }

  /**
   * Composes the job; nothing runs yet.
   *
   * @param cluster the cluster's Flink options
   * @param flink creates the environment of the job with the options of the job
   * @throws InvalidDefinitionException with all problems of the definition
   */
  public static ComposedJob compose(
      Draft draft,
      ReadableConfig cluster,
      Function<Configuration, StreamExecutionEnvironment> flink) {
    return RootLocale.call(() -> composeInRootLocale(draft, cluster, flink));
  }

  private static ComposedJob composeInRootLocale(
      Draft draft,
      ReadableConfig cluster,
      Function<Configuration, StreamExecutionEnvironment> flink) {
    Draft checked = JobOptions.check(draft, cluster);
    Configuration options = JobOptions.of(checked.definition(), cluster);
    return new JobComposer(checked, StreamTableEnvironment.create(flink.apply(options))).compose();
  }

  private ComposedJob compose() {
    warnOfSecrets("flink", SecretWarnings.of(definition.flink()));
    definition.inputs().forEach(this::createInput);
    Map<String, Table> results = transform();
    Map<String, ResolvedSchema> columns = new LinkedHashMap<>();
    StreamStatementSet statements = tables.createStatementSet();
    definition
        .outputs()
        .forEach(
            (alias, output) -> {
              boolean valid = checkOutput(alias, output);
              Table result = results.get(alias);
              if (result != null && createOutput(alias, output, valid, result)) {
                columns.put(alias, result.getResolvedSchema());
                statements.addInsert(alias, result);
              }
            });
    if (!problems.isEmpty()) {
      throw new InvalidDefinitionException(problems);
    }
    definition
        .inputs()
        .forEach(
            (name, input) ->
                InputDeadLetters.of(name, input)
                    .map(InputDeadLetters::insert)
                    .ifPresent(statements::addInsertSql));
    planWarnings.addAll(TopicLoops.warnings(definition));
    planWarnings.addAll(FlinkOptionValues.warnings(definition));
    return new ComposedJob(
        definition, tables, statements, ddl, secretWarnings, planWarnings, columns);
  }

  private void createInput(String name, InputDefinition input) {
    String path = "inputs." + name;
    warnOfSecrets(path, SecretWarnings.of(input.options()));
    try {
      create(name, input).values().forEach(tables::executeSql);
      ddl.putAll(create(name, input.redacted()));
    } catch (RuntimeException e) {
      if (!isReported(path + ".columns") && !isReported(path + ".event-time")) {
        problems.addAll(InputColumns.problems(definition, name, tables, e));
      }
      unusable = unusable.with(path);
      return;
    }
    try {
      tables.from(name).explain();
      InputDeadLetters.of(name, input).map(InputDeadLetters::insert).ifPresent(tables::explainSql);
    } catch (RuntimeException e) {
      report(TableProblem.of(definition, path, e));
      replace(name, input);
    }
  }

  /** Returns the statements that create an input, by the names of the tables and views. */
  private static Map<String, String> create(String name, InputDefinition input) {
    return InputDeadLetters.of(name, input)
        .map(InputDeadLetters::create)
        .orElseGet(() -> Map.of(name, Ddl.createInput(name, input)));
  }

  /** Replaces an input by a table with the same columns, so that queries can be planned. */
  private void replace(String name, InputDefinition input) {
    tables.dropTemporaryView(Ddl.identifier(name));
    tables.dropTemporaryTable(Ddl.identifier(name));
    try {
      tables.executeSql(Ddl.createInput(name, PlanningStub.of(input)));
      tables.from(name).explain();
    } catch (RuntimeException e) {
      tables.executeSql("DROP TEMPORARY TABLE " + Ddl.identifier(name));
      unusable = unusable.with("inputs." + name);
    }
  }

  private Map<String, Table> transform() {
    if (!definition.queries().isEmpty()) {
      return unusable.contains("inputs") || unusable.contains("queries") ? Map.of() : query();
    }
    if (!problems.isEmpty()) {
      return Map.of(); // A class may depend on anything that is missing.
    }
    try {
      Map<String, Table> results =
          TransformationLoader.load(definition, Thread.currentThread().getContextClassLoader())
              .apply(tables);
      checkNames(results.keySet());
      return results;
    } catch (InvalidDefinitionException e) {
      problems.addAll(e.problems());
      return Map.of();
    }
  }

  private Map<String, Table> query() {
    Set<String> outputs = new HashSet<>(definition.outputs().keySet());
    List<Query> queries = new ArrayList<>(definition.queries());
    // Conflicting names are already reported.
    outputs.removeAll(definition.inputs().keySet());
    queries.removeIf(query -> definition.inputs().containsKey(query.name()));
    SqlTransformation.Outcome outcome =
        new SqlTransformation(queries, outputs).attempt(tables, unusable.names());
    report(outcome.problems());
    return outcome.results();
  }

  private void checkNames(Set<String> results) {
    for (String alias : definition.outputs().keySet()) {
      if (!results.contains(alias)) {
        problems.add(
            definition.problem(
                "outputs." + alias, "the transformation returns no table of this name"));
      }
    }
    for (String name : results) {
      if (!definition.outputs().containsKey(name)) {
        problems.add(
            definition.problem(
                "transformation", "returns '%s', which is not an output".formatted(name)));
      }
    }
  }

  /** Returns whether an output's options are valid, without knowing its columns. */
  private boolean checkOutput(String alias, OutputDefinition output) {
    warnOfSecrets("outputs." + alias, SecretWarnings.of(output.options()));
    try {
      KafkaOutput kafka = KafkaOutput.of(output.options(), alias);
      planWarnings.addAll(
          at("outputs." + alias, kafka.connection().kind().warnings(output.options())));
      return true;
    } catch (RuntimeException e) {
      report(TableProblem.of(definition, "outputs." + alias, e));
      return false;
    }
  }

  /** Returns whether the output can write the result. */
  private boolean createOutput(String alias, OutputDefinition output, boolean valid, Table result) {
    List<Problem> unwritable = ResultColumns.unwritable(definition, alias, result);
    if (!unwritable.isEmpty()) {
      report(unwritable);
      return false;
    }
    List<Problem> failures = insert(alias, valid ? output : PlanningStub.of(output), result);
    List<Problem> found = new ArrayList<>(ResultColumns.problems(definition, alias, result));
    found.addAll(failures);
    if (!failures.isEmpty()) { // A problem of the format can hide one of the key.
      insert(alias, PlanningStub.inJson(output), result).stream()
          .filter(problem -> problem.property().endsWith(".partition-key"))
          .forEach(found::add);
    }
    report(found);
    ddl.put(alias, Ddl.createOutput(alias, result.getResolvedSchema(), output.redacted()));
    return failures.isEmpty();
  }

  private List<Problem> insert(String alias, OutputDefinition output, Table result) {
    try {
      tables.executeSql("DROP TEMPORARY TABLE IF EXISTS " + Ddl.identifier(alias));
      tables.executeSql(Ddl.createOutput(alias, result.getResolvedSchema(), output));
      result.insertInto(alias).explain();
      return List.of();
    } catch (RuntimeException e) {
      return TableProblem.of(definition, "outputs." + alias, e);
    }
  }

  private boolean isReported(String path) {
    return problems.stream().anyMatch(problem -> problem.property().startsWith(path));
  }

  /** Adds the problems of properties without one; further ones are usually a consequence. */
  private void report(List<Problem> found) {
    Set<String> known = new HashSet<>();
    problems.forEach(problem -> known.add(problem.property()));
    known.remove(""); // A whole file, or a query in a file of its own.
    found.stream().filter(problem -> !known.contains(problem.property())).forEach(problems::add);
  }

  private void warnOfSecrets(String path, List<OptionProblem> found) {
    secretWarnings.addAll(at(path, found));
  }

  private List<Problem> at(String path, List<OptionProblem> found) {
    return found.stream()
        .map(warning -> definition.problem(path + "." + warning.key(), warning.message()))
        .toList();
  }
}

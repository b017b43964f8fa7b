package dev.outflow.compose;

import static java.util.stream.Collectors.toMap;
import static org.apache.flink.table.api.config.TableConfigOptions.PLAN_COMPILE_CATALOG_OBJECTS;

import dev.outflow.definition.Draft;
import dev.outflow.definition.InvalidDefinitionException;
import dev.outflow.definition.JobDefinition;
import dev.outflow.definition.OutputDefinition;
import dev.outflow.definition.Problem;
import dev.outflow.definition.Query;
import dev.outflow.definition.Unusable;
import dev.outflow.functions.OutflowModule;
import dev.outflow.kafka.RootLocale;
import dev.outflow.kafka.option.SecretWarnings;
import dev.outflow.kafka.output.KafkaOutput;
import dev.outflow.option.OptionProblem;
import dev.outflow.transformation.SqlTransformation;
import dev.outflow.transformation.TransformationLoader;
import java.time.Instant;
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

/**
 * Composes a job from a definition: input tables, transformation, output tables.
 *
 * <p>A table that fails is replaced by a {@link PlanningStub} for the following steps, so that all
 * problems are reported at once.
 */
public final class JobComposer {
  private final JobDefinition definition;
  private final StreamTableEnvironment tables;
  private final ProblemList problems;
  private final List<Problem> secretWarnings = new ArrayList<>();
  private final List<Problem> planWarnings = new ArrayList<>();
  private final Map<String, String> ddl = new LinkedHashMap<>();
  private final ZonedWindows zoned;
  private final UncheckedParts unchecked = new UncheckedParts();
  private final Set<String> misspelled = new HashSet<>();
  private Unusable unusable;

  private JobComposer(Draft draft, StreamTableEnvironment tables, JobTimeZone zone) {
    this.definition = draft.definition();
    this.unusable = draft.unusable();
    this.problems = new ProblemList(draft.problems());
    this.tables = tables;
    this.zoned = new ZonedWindows(zone, Instant.now());
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
    StreamTableEnvironment tables = StreamTableEnvironment.create(flink.apply(options));
    OutflowModule.load(tables);
    // A plan is executed in the environment that has its tables; it does not need their options.
    tables.getConfig().set(PLAN_COMPILE_CATALOG_OBJECTS.key(), "IDENTIFIER");
    return TrialPlanning.run(
        tables.getConfig(), new JobComposer(checked, tables, JobTimeZone.of(options))::compose);
  }

  private ComposedJob compose() {
    warnOfSecrets("flink", SecretWarnings.of(definition.flink()));
    createFunctions();
    InputTables inputs = new InputTables(definition, tables, problems, unusable);
    definition
        .inputs()
        .forEach(
            (name, input) -> {
              warnOfSecrets("inputs." + name, SecretWarnings.of(input.options()));
              ddl.putAll(inputs.create(name, input));
            });
    unusable = inputs.unusable();
    Map<String, Table> results = transform();
    PlannedOutputs outputs =
        new PlannedOutputs(definition, tables, problems, unchecked, unusable, misspelled, zoned);
    Map<String, Table> written = new LinkedHashMap<>();
    StreamStatementSet statements = tables.createStatementSet();
    definition
        .outputs()
        .forEach(
            (alias, output) -> {
              boolean valid = checkOutput(alias, output);
              Table result = results.get(alias);
              if (result == null) {
                checkKey(alias);
                return;
              }
              outputs
                  .create(alias, output, valid, result)
                  .ifPresent(
                      insert -> {
                        written.put(alias, result);
                        statements.add(insert);
                      });
            });
    outputs.reportWindows();
    if (!problems.isEmpty()) {
      throw new InvalidDefinitionException(problems.all(), unchecked.in(definition));
    }
    definition
        .inputs()
        .forEach(
            (name, input) ->
                InputDeadLetters.of(name, input)
                    .map(InputDeadLetters::insert)
                    .ifPresent(statements::addInsertSql));
    ddl.putAll(outputs.ddl());
    planWarnings.addAll(outputs.warnings());
    planWarnings.addAll(TopicLoops.warnings(definition));
    planWarnings.addAll(FlinkOptionValues.warnings(definition));
    return new ComposedJob(
        definition,
        tables,
        new CompiledPlan(tables, statements, keys()),
        ddl,
        outputs.conflicts(),
        secretWarnings,
        planWarnings,
        written);
  }

  /** Returns the columns of the key of each output whose rows change earlier ones. */
  private Map<String, List<String>> keys() {
    return definition.outputs().entrySet().stream()
        .filter(output -> output.getValue().isUpsert())
        .collect(toMap(Map.Entry::getKey, output -> output.getValue().key()));
  }

  /** Creates the functions first, because computed columns can use them. */
  private void createFunctions() {
    for (Map.Entry<String, List<Problem>> failed :
        JobFunctions.attempt(definition, tables).entrySet()) {
      problems.add(failed.getValue());
      unusable = unusable.with("functions." + failed.getKey());
    }
  }

  private Map<String, Table> transform() {
    for (String section : List.of("inputs", "queries")) {
      if (unusable.contains(section) && !definition.queries().isEmpty()) {
        unchecked.addAllQueries("'%s' is invalid".formatted(section));
        return Map.of();
      }
    }
    if (!definition.queries().isEmpty()) {
      return query();
    }
    if (!problems.isEmpty()) {
      unchecked.addAllQueries("it may depend on what is invalid");
      return Map.of();
    }
    try {
      Map<String, Table> results =
          TransformationLoader.load(definition, Thread.currentThread().getContextClassLoader())
              .apply(tables);
      checkNames(results.keySet());
      return results;
    } catch (InvalidDefinitionException e) {
      problems.add(e.problems());
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
        new SqlTransformation(queries, outputs).attempt(tables, unusable);
    problems.addNew(outcome.problems());
    outcome.causes().forEach(unchecked::addQuery);
    misspelled.addAll(outcome.misspelled());
    return outcome.results();
  }

  private void checkNames(Set<String> results) {
    for (String alias : definition.outputs().keySet()) {
      if (!results.contains(alias)) {
        problems.add(
            List.of(
                definition.problem(
                    "outputs." + alias, "the transformation returns no table of this name")));
      }
    }
    for (String name : results) {
      if (!definition.outputs().containsKey(name)) {
        problems.add(
            List.of(
                definition.problem(
                    "transformation", "returns '%s', which is not an output".formatted(name))));
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
      problems.addNew(TableProblem.of(definition, "outputs." + alias, e));
      return false;
    }
  }

  /** Checks the partition key of an output without knowing its columns. */
  private void checkKey(String alias) {
    problems.addNew(PossibleColumns.problems(definition, alias));
    unchecked.addOutput(alias);
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

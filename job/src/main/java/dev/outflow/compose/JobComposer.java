package dev.outflow.compose;

import dev.outflow.definition.Draft;
import dev.outflow.definition.InputDefinition;
import dev.outflow.definition.InvalidDefinitionException;
import dev.outflow.definition.JobDefinition;
import dev.outflow.definition.OutputDefinition;
import dev.outflow.definition.Problem;
import dev.outflow.definition.Query;
import dev.outflow.kafka.option.SecretWarnings;
import dev.outflow.kafka.output.KafkaOutput;
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
 * From a definition to a job that can run: input tables, transformation, output tables.
 *
 * <p>A step that fails is told and replaced by what will do for the next ones, so that everything
 * that is wrong is told at once.
 */
public final class JobComposer {
  private final JobDefinition definition;
  private final Set<String> lost;
  private final StreamTableEnvironment tables;
  private final List<Problem> problems;
  private final List<Problem> warnings = new ArrayList<>();
  private final Map<String, String> ddl = new LinkedHashMap<>();

  private JobComposer(Draft draft, StreamTableEnvironment tables) {
    this.definition = draft.definition();
    this.lost = new HashSet<>(draft.lost());
    this.problems = new ArrayList<>(draft.problems());
    this.tables = tables;
  }

  /**
   * Composes the job; nothing runs yet.
   *
   * @param cluster the options that Flink has without the job's
   * @param flink where the job is to run, with the options it is given
   * @throws InvalidDefinitionException with everything that is wrong with the definition
   */
  public static ComposedJob compose(
      Draft draft,
      ReadableConfig cluster,
      Function<Configuration, StreamExecutionEnvironment> flink) {
    Draft known = JobOptions.check(draft, cluster);
    Configuration options = JobOptions.of(known.definition(), cluster);
    return new JobComposer(known, StreamTableEnvironment.create(flink.apply(options))).compose();
  }

  private ComposedJob compose() {
    warn("flink", definition.flink());
    definition.inputs().forEach(this::createInput);
    Map<String, Table> results = transform();
    Map<String, ResolvedSchema> columns = new LinkedHashMap<>();
    StreamStatementSet statements = tables.createStatementSet();
    definition
        .outputs()
        .forEach(
            (alias, output) -> {
              boolean usable = checkOutput(alias, output);
              Table result = results.get(alias);
              if (result != null && createOutput(alias, output, usable, result)) {
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
    return new ComposedJob(definition, tables, statements, ddl, warnings, columns);
  }

  private void createInput(String name, InputDefinition input) {
    String path = "inputs." + name;
    warn(path, input.options());
    try {
      create(name, input).values().forEach(tables::executeSql);
      ddl.putAll(create(name, input.redacted()));
    } catch (RuntimeException e) {
      if (!isTold(path + ".columns") && !isTold(path + ".event-time")) {
        problems.addAll(InputColumns.problems(definition, name, tables, e));
      }
      lost.add(path);
      return;
    }
    try {
      tables.from(name).explain();
      InputDeadLetters.of(name, input).map(InputDeadLetters::insert).ifPresent(tables::explainSql);
    } catch (RuntimeException e) {
      tell(TableProblem.of(definition, path, e));
      replace(name, input);
    }
  }

  /** The statements that an input stands for, by the names of what they create. */
  private static Map<String, String> create(String name, InputDefinition input) {
    return InputDeadLetters.of(name, input)
        .map(InputDeadLetters::create)
        .orElseGet(() -> Map.of(name, Ddl.createInput(name, input)));
  }

  /** Queries are planned with a table that has the same columns. */
  private void replace(String name, InputDefinition input) {
    tables.dropTemporaryView(Ddl.identifier(name));
    tables.dropTemporaryTable(Ddl.identifier(name));
    try {
      tables.executeSql(Ddl.createInput(name, PlanningStub.of(input)));
      tables.from(name).explain();
    } catch (RuntimeException e) {
      tables.executeSql("DROP TEMPORARY TABLE " + Ddl.identifier(name));
      lost.add("inputs." + name);
    }
  }

  private Map<String, Table> transform() {
    if (!definition.queries().isEmpty()) {
      return lost.contains("inputs") || lost.contains("queries") ? Map.of() : query();
    }
    if (!problems.isEmpty()) {
      return Map.of(); // A class cannot be asked what else it will miss.
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
    Set<String> missing = new HashSet<>();
    lost.forEach(path -> missing.add(path.substring(path.indexOf('.') + 1)));
    Set<String> outputs = new HashSet<>(definition.outputs().keySet());
    List<Query> queries = new ArrayList<>(definition.queries());
    // Names that clash are told already.
    outputs.removeAll(definition.inputs().keySet());
    queries.removeIf(query -> definition.inputs().containsKey(query.name()));
    SqlTransformation.Outcome outcome =
        new SqlTransformation(queries, outputs).attempt(tables, missing);
    tell(outcome.problems());
    return outcome.results();
  }

  private void checkNames(Set<String> results) {
    for (String alias : definition.outputs().keySet()) {
      if (!results.contains(alias)) {
        problems.add(
            definition.problem("outputs." + alias, "the transformation returns no such table"));
      }
    }
    for (String name : results) {
      if (!definition.outputs().containsKey(name)) {
        problems.add(
            definition.problem(
                "transformation", "returns '%s', which is no output".formatted(name)));
      }
    }
  }

  /** Whether its options are right, as far as that can be told without the columns. */
  private boolean checkOutput(String alias, OutputDefinition output) {
    warn("outputs." + alias, output.options());
    try {
      KafkaOutput.of(output.options(), alias);
      return true;
    } catch (RuntimeException e) {
      tell(TableProblem.of(definition, "outputs." + alias, e));
      return false;
    }
  }

  /** Whether the output can take the result. */
  private boolean createOutput(
      String alias, OutputDefinition output, boolean usable, Table result) {
    List<Problem> found = new ArrayList<>(ResultColumns.problems(definition, alias, result));
    boolean created =
        usable
            ? insert(alias, output, result, found)
            : insert(alias, PlanningStub.of(output), result, found);
    if (!created) {
      // Whatever the format has to say, the columns of the key are looked at.
      List<Problem> more = new ArrayList<>();
      insert(alias, PlanningStub.inJson(output), result, more);
      more.removeIf(problem -> !problem.property().endsWith(".partition-key"));
      found.addAll(more);
    }
    tell(found);
    ddl.put(alias, Ddl.createOutput(alias, result.getResolvedSchema(), output.redacted()));
    return created;
  }

  private boolean insert(String alias, OutputDefinition output, Table result, List<Problem> found) {
    try {
      tables.executeSql("DROP TEMPORARY TABLE IF EXISTS " + Ddl.identifier(alias));
      tables.executeSql(Ddl.createOutput(alias, result.getResolvedSchema(), output));
      result.insertInto(alias).explain();
      return true;
    } catch (RuntimeException e) {
      found.addAll(TableProblem.of(definition, "outputs." + alias, e));
      return false;
    }
  }

  private boolean isTold(String path) {
    return problems.stream().anyMatch(problem -> problem.property().startsWith(path));
  }

  /** What is new about properties of which nothing is told yet: the rest follows from that. */
  private void tell(List<Problem> found) {
    Set<String> known = new HashSet<>();
    problems.forEach(problem -> known.add(problem.property()));
    known.remove(""); // Of a whole file, or of a query in one of its own.
    found.stream().filter(problem -> !known.contains(problem.property())).forEach(problems::add);
  }

  private void warn(String path, Map<String, String> options) {
    SecretWarnings.of(options)
        .forEach(
            warning ->
                warnings.add(definition.problem(path + "." + warning.key(), warning.message())));
  }
}

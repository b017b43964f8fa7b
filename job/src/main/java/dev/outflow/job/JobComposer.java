package dev.outflow.job;

import dev.outflow.definition.InputDefinition;
import dev.outflow.definition.InvalidDefinitionException;
import dev.outflow.definition.JobDefinition;
import dev.outflow.definition.OutputDefinition;
import dev.outflow.definition.Problem;
import dev.outflow.kafka.option.SecretWarnings;
import dev.outflow.kafka.output.KafkaOutput;
import dev.outflow.transformation.Transformation;
import dev.outflow.transformation.TransformationLoader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.table.api.Table;
import org.apache.flink.table.api.bridge.java.StreamStatementSet;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.table.catalog.ResolvedSchema;

/**
 * From a definition to a job that can run: input tables, transformation, output tables.
 *
 * <p>Every step tells all of its problems at once; the next one begins when it has none.
 */
public final class JobComposer {
  private final JobDefinition definition;
  private final StreamTableEnvironment tables;
  private final List<Problem> problems = new ArrayList<>();
  private final List<Problem> warnings = new ArrayList<>();
  private final Map<String, String> ddl = new LinkedHashMap<>();

  private JobComposer(JobDefinition definition, StreamTableEnvironment tables) {
    this.definition = definition;
    this.tables = tables;
  }

  /**
   * Composes the job in {@code tables}; nothing runs yet.
   *
   * @throws InvalidDefinitionException with everything that is wrong
   */
  public static ComposedJob compose(JobDefinition definition, StreamTableEnvironment tables) {
    return new JobComposer(definition, tables).compose();
  }

  private ComposedJob compose() {
    warn("flink", definition.flink());
    definition.inputs().forEach(this::createInput);
    definition.outputs().keySet().forEach(this::checkOutput);
    throwProblems();

    Map<String, Table> results = transform();
    throwProblems();

    Map<String, ResolvedSchema> columns = new LinkedHashMap<>();
    StreamStatementSet statements = tables.createStatementSet();
    for (String alias : definition.outputs().keySet()) {
      Table result = results.get(alias);
      columns.put(alias, result.getResolvedSchema());
      createOutput(alias, result);
      statements.addInsert(alias, result);
    }
    throwProblems();
    return new ComposedJob(definition, tables, statements, ddl, warnings, columns);
  }

  private void createInput(String name, InputDefinition input) {
    String path = "inputs." + name;
    warn(path, input.options());
    try {
      tables.executeSql(Ddl.createInput(name, input));
      ddl.put(name, Ddl.createInput(name, input.redacted()));
    } catch (RuntimeException e) {
      problems.addAll(TableProblem.of(definition, path + ".columns", e));
      return;
    }
    try {
      tables.from(name).explain();
    } catch (RuntimeException e) {
      problems.addAll(TableProblem.of(definition, path, e));
    }
  }

  /** As far as it can be told without the columns, so that it is told together with the inputs. */
  private void checkOutput(String alias) {
    try {
      KafkaOutput.of(definition.outputs().get(alias).options(), alias);
    } catch (RuntimeException e) {
      problems.addAll(TableProblem.of(definition, "outputs." + alias, e));
    }
  }

  private Map<String, Table> transform() {
    Transformation transformation =
        TransformationLoader.load(definition, Thread.currentThread().getContextClassLoader());
    Map<String, Table> results = transformation.apply(tables);
    for (String alias : definition.outputs().keySet()) {
      if (!results.containsKey(alias)) {
        problems.add(
            definition.problem("outputs." + alias, "the transformation returns no such table"));
      }
    }
    for (String name : results.keySet()) {
      if (!definition.outputs().containsKey(name)) {
        problems.add(
            definition.problem(
                "transformation", "returns '%s', which is no output".formatted(name)));
      }
    }
    return results;
  }

  private void createOutput(String alias, Table result) {
    OutputDefinition output = definition.outputs().get(alias);
    warn("outputs." + alias, output.options());
    try {
      tables.executeSql(Ddl.createOutput(alias, result.getResolvedSchema(), output));
      ddl.put(alias, Ddl.createOutput(alias, result.getResolvedSchema(), output.redacted()));
      result.insertInto(alias).explain();
    } catch (RuntimeException e) {
      problems.addAll(TableProblem.of(definition, "outputs." + alias, e));
    }
  }

  private void warn(String path, Map<String, String> options) {
    SecretWarnings.of(options)
        .forEach(
            warning ->
                warnings.add(definition.problem(path + "." + warning.key(), warning.message())));
  }

  private void throwProblems() {
    if (!problems.isEmpty()) {
      throw new InvalidDefinitionException(problems);
    }
  }
}

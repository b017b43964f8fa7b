package dev.outflow.compose;

import dev.outflow.definition.EventTime;
import dev.outflow.definition.InputDefinition;
import dev.outflow.definition.JobDefinition;
import dev.outflow.definition.Unusable;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;

/**
 * Creates the tables of inputs. One that fails is replaced by a table with its valid columns, so
 * that queries can be planned.
 */
final class InputTables {
  private final JobDefinition definition;
  private final StreamTableEnvironment tables;
  private final ProblemList problems;
  private Unusable unusable;

  InputTables(
      JobDefinition definition,
      StreamTableEnvironment tables,
      ProblemList problems,
      Unusable unusable) {
    this.definition = definition;
    this.tables = tables;
    this.problems = problems;
    this.unusable = unusable;
  }

  /** Returns the parts of the definition that are unusable, also those of the inputs so far. */
  Unusable unusable() {
    return unusable;
  }

  /** Creates an input; returns its statements without secrets, or none if it has problems. */
  Map<String, String> create(String name, InputDefinition input) {
    String path = "inputs." + name;
    try {
      statements(name, input).values().forEach(tables::executeSql);
    } catch (RuntimeException e) {
      checkColumns(name, input, e);
      return Map.of();
    }
    try {
      tables.from(name).explain();
      InputDeadLetters.of(name, input).map(InputDeadLetters::insert).ifPresent(tables::explainSql);
      return statements(name, input.redacted());
    } catch (RuntimeException e) {
      problems.addNew(TableProblem.of(definition, path, e));
      replace(name, input, input.columns());
      return Map.of();
    }
  }

  /** Returns the statements that create an input, by the names of the tables and views. */
  private static Map<String, String> statements(String name, InputDefinition input) {
    return InputDeadLetters.of(name, input)
        .map(InputDeadLetters::create)
        .orElseGet(() -> Map.of(name, Ddl.createInput(name, input)));
  }

  private void checkColumns(String name, InputDefinition input, RuntimeException failure) {
    String path = "inputs." + name;
    InputColumns columns = InputColumns.of(input, tables);
    Optional<String> time = PlanningStub.timeColumn(input, columns.valid());
    for (Map.Entry<String, String> column : columns.invalid().entrySet()) {
      String property = path + ".columns." + column.getKey();
      if (!column.getValue().isEmpty()
          && !problems.contains(property)
          && !usesMissingFunction(column.getValue())) {
        problems.add(List.of(definition.problem(property, column.getValue())));
      }
      if (!time.equals(Optional.of(column.getKey()))) {
        unusable = unusable.with(property);
      }
    }
    input
        .eventTime()
        .map(EventTime::column)
        .filter(columns.invalid()::containsKey)
        .ifPresent(column -> problems.remove(path + ".event-time.column")); // Its type is reported.
    if (columns.invalid().isEmpty()
        && !problems.contains(path + ".columns")
        && !problems.contains(path + ".primary-key")
        && !problems.contains(path + ".event-time")) {
      problems.addNew(TableProblem.of(definition, path, failure));
    }
    replace(name, input, columns.valid());
  }

  /** Returns whether no table with the same changes can replace the input. */
  private boolean lacksKey(String name, InputDefinition input, Map<String, String> columns) {
    boolean needsKey = input.isUpsert() || !input.primaryKey().isEmpty();
    return needsKey
        && (input.primaryKey().isEmpty()
            || !columns.keySet().containsAll(input.primaryKey())
            || problems.contains("inputs." + name + ".primary-key"));
  }

  /** Returns whether a computed column is invalid only because a function of the job is. */
  private boolean usesMissingFunction(String message) {
    return unusable.functions().keySet().stream()
        .anyMatch(
            function ->
                message.toLowerCase(Locale.ROOT).contains("function signature " + function + "("));
  }

  private void replace(String name, InputDefinition input, Map<String, String> columns) {
    tables.dropTemporaryView(Ddl.identifier(name));
    tables.dropTemporaryTable(Ddl.identifier(name));
    if (lacksKey(name, input, columns)) {
      unusable = unusable.with("inputs." + name);
      return;
    }
    Optional<String> time = PlanningStub.timeColumn(input, columns);
    if (input.eventTime().isPresent() && time.isEmpty()) {
      unusable = unusable.with("inputs." + name + ".event-time");
    }
    try {
      tables.executeSql(Ddl.createInput(name, PlanningStub.of(input, columns, time)));
      tables.from(name).explain();
    } catch (RuntimeException e) {
      tables.dropTemporaryTable(Ddl.identifier(name));
      unusable = unusable.with("inputs." + name);
    }
  }
}

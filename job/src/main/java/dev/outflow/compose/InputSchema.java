package dev.outflow.compose;

import static java.util.function.Predicate.not;

import dev.outflow.definition.EventTime;
import dev.outflow.definition.InputDefinition;
import dev.outflow.definition.InvalidDefinitionException;
import dev.outflow.definition.JobDefinition;
import dev.outflow.kafka.RootLocale;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.table.catalog.ResolvedSchema;

/** The columns of an input, for commands that need neither queries nor outputs. */
public final class InputSchema {
  private InputSchema() {}

  /**
   * Returns the columns that an input reads, without computed ones, and its watermark if it is on
   * one of them.
   *
   * @param name the name of one of the definition's inputs
   * @throws InvalidDefinitionException if Flink rejects the columns
   */
  public static ResolvedSchema of(JobDefinition definition, String name) {
    return RootLocale.call(() -> resolve(definition, name));
  }

  private static ResolvedSchema resolve(JobDefinition definition, String name) {
    InputDefinition input = withoutComputed(definition.inputs().get(name));
    StreamTableEnvironment tables =
        StreamTableEnvironment.create(
            StreamExecutionEnvironment.getExecutionEnvironment(new Configuration()));
    try {
      tables.executeSql(Ddl.createInput(name, input));
      return tables.from(Ddl.identifier(name)).getResolvedSchema();
    } catch (RuntimeException e) {
      Map<String, String> invalid = InputColumns.of(input, tables).invalid();
      throw new InvalidDefinitionException(
          invalid.isEmpty()
              ? TableProblem.of(definition, "inputs." + name, e)
              : invalid.entrySet().stream()
                  .map(
                      column ->
                          definition.problem(
                              "inputs.%s.columns.%s".formatted(name, column.getKey()),
                              column.getValue()))
                  .toList());
    }
  }

  private static InputDefinition withoutComputed(InputDefinition input) {
    Map<String, String> columns = new LinkedHashMap<>(input.columns());
    columns.values().removeIf(InputColumns::isComputed);
    Optional<EventTime> time =
        input
            .eventTime()
            .filter(
                not(
                    declared ->
                        input.columns().containsKey(declared.column())
                            && !columns.containsKey(declared.column())));
    return new InputDefinition(
        input.connector(), columns, input.primaryKey(), time, input.options());
  }
}

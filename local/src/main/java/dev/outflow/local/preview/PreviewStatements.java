package dev.outflow.local.preview;

import dev.outflow.compose.ComposedJob;
import dev.outflow.compose.Ddl;
import dev.outflow.compose.OutputTables;
import dev.outflow.definition.EventTime;
import dev.outflow.definition.InputDefinition;
import dev.outflow.definition.OutputDefinition;
import dev.outflow.kafka.input.KafkaInputTableFactory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.table.api.Table;
import org.apache.flink.table.api.TableDescriptor;
import org.apache.flink.table.api.bridge.java.StreamStatementSet;
import org.apache.flink.table.catalog.Column;
import org.apache.flink.table.factories.FactoryUtil;

/**
 * What a preview runs instead of the INSERTs of a job: one for each input, which counts its rows,
 * and one for each output, which writes nothing.
 */
record PreviewStatements(ComposedJob job, PreviewFeed feed) {
  /** A column that is computed, or metadata of the record. */
  private static final Pattern NOT_OF_THE_FORMAT =
      Pattern.compile("(?is)\\s*AS\\b.*|.*\\bMETADATA\\b.*");

  /** Submits them and returns once the cluster has accepted the job. */
  JobClient submit() {
    StreamStatementSet statements = job.tables().createStatementSet();
    feed.inputs().keySet().forEach(name -> observe(statements, name));
    OutputTables outputs = new OutputTables(job.tables());
    feed.outputs()
        .keySet()
        .forEach(
            alias -> {
              redirect(outputs, alias);
              statements.add(
                  outputs.insert(
                      alias,
                      job.results().get(alias),
                      Optional.ofNullable(job.onConflict().get(alias))));
            });
    return statements
        .execute()
        .getJobClient()
        .orElseThrow(() -> new IllegalStateException("the cluster returned no job client"));
  }

  private void observe(StreamStatementSet statements, String name) {
    InputDefinition input = job.definition().inputs().get(name);
    List<String> values = new ArrayList<>();
    input
        .columns()
        .forEach(
            (column, type) -> {
              if (!NOT_OF_THE_FORMAT.matcher(type).matches()) {
                values.add(column);
              }
            });
    TableDescriptor.Builder observed =
        TableDescriptor.forConnector(ObservedInputFactory.IDENTIFIER)
            .option(PreviewedOutputFactory.FEED, feed.id())
            .option(ObservedInputFactory.INPUT, name)
            .option(ObservedInputFactory.VALUE_COLUMNS, values);
    input
        .eventTime()
        .ifPresent(time -> observed.option(ObservedInputFactory.TIME_COLUMN, time.column()));
    statements.addInsert(observed.build(), records(name, input));
  }

  /**
   * Returns all records of an input, with the event time as a plain column: Flink would use it as
   * timestamp of the rows, but bad records have none.
   */
  private Table records(String name, InputDefinition input) {
    String table =
        Ddl.identifier(input.hasDeadLetters() ? name + KafkaInputTableFactory.RECORDS : name);
    Optional<String> time = input.eventTime().map(EventTime::column);
    String columns =
        job.tables().from(table).getResolvedSchema().getColumns().stream()
            .map(
                column -> {
                  String identifier = Ddl.identifier(column.getName());
                  return time.equals(Optional.of(column.getName()))
                      ? "CAST(%1$s AS %2$s) AS %1$s".formatted(identifier, nullable(column))
                      : identifier;
                })
            .collect(Collectors.joining(", "));
    return job.tables().sqlQuery("SELECT %s FROM %s".formatted(columns, table));
  }

  /** Returns a column's SQL type; CAST accepts no NOT NULL. */
  private static String nullable(Column column) {
    return column.getDataType().getLogicalType().copy(true).asSerializableString();
  }

  /** Replaces the table of an output by one with the same columns that writes nothing. */
  private void redirect(OutputTables outputs, String alias) {
    OutputDefinition output = job.definition().outputs().get(alias);
    Map<String, String> options = new HashMap<>(PreviewedDefinition.serializing(output));
    options.put(FactoryUtil.CONNECTOR.key(), PreviewedOutputFactory.IDENTIFIER);
    options.put(PreviewedOutputFactory.FEED.key(), feed.id());
    outputs.replace(alias, job.outputColumns().get(alias), output, options);
  }
}

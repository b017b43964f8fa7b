package dev.outflow.testing;

import dev.outflow.compose.Ddl;
import dev.outflow.compose.JobOptions;
import dev.outflow.compose.OutputTables;
import dev.outflow.functions.OutflowModule;
import dev.outflow.kafka.RootLocale;
import dev.outflow.testing.rows.InputRows;
import dev.outflow.testing.rows.RowCheck;
import dev.outflow.testing.rows.RowStore;
import dev.outflow.testing.rows.RowTableFactory;
import dev.outflow.transformation.Transformation;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.Schema;
import org.apache.flink.table.api.Table;
import org.apache.flink.table.api.TableDescriptor;
import org.apache.flink.table.api.bridge.java.StreamStatementSet;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.table.api.config.TableConfigOptions;
import org.apache.flink.table.factories.FactoryUtil;
import org.apache.flink.types.Row;

/**
 * One run of a transformation on rows.
 *
 * <p>It is deterministic: parallelism 1, a watermark after each row that advances it (a cluster
 * sends one every 200 ms), time zone UTC unless the job sets another, no checkpoints, no restarts.
 * After the last row, every window fires.
 *
 * @param columns the columns of each input
 * @param rows the rows of each input, in the order of their arrival
 * @param lookups the inputs whose rows lookup joins find
 * @param flink Flink's options
 */
record JobRun(
    Map<String, Schema> columns,
    Map<String, InputRows> rows,
    Set<String> lookups,
    Map<String, String> flink) {
  private static final Duration TIMEOUT = Duration.ofMinutes(2);

  /** A run without lookup joins. */
  JobRun(Map<String, Schema> columns, Map<String, InputRows> rows, Map<String, String> flink) {
    this(columns, rows, Set.of(), flink);
  }

  /** Returns Flink's options for a run: those of the job, with what makes it deterministic. */
  static Configuration options(Map<String, String> flink) {
    Configuration options = new Configuration();
    options.set(TableConfigOptions.LOCAL_TIME_ZONE, JobOptions.TIME_ZONE);
    options.addAll(Configuration.fromMap(flink));
    options.set(CoreOptions.DEFAULT_PARALLELISM, 1);
    options.set(PipelineOptions.AUTO_WATERMARK_INTERVAL, Duration.ZERO);
    options.set(RestartStrategyOptions.RESTART_STRATEGY, "disable");
    return options;
  }

  /**
   * Runs a transformation until all rows are processed.
   *
   * @throws IllegalArgumentException if a row does not match its input's columns
   * @throws JobFailedException if the job fails
   */
  RunResult of(Transformation transformation) {
    return of(tables -> {}, transformation, alias -> true, Map.of());
  }

  /**
   * Runs what some outputs need.
   *
   * @param functions creates the functions that the inputs and the transformation use
   * @param keyed the outputs whose rows change earlier ones by their keys, as far as needed
   */
  RunResult of(
      Consumer<StreamTableEnvironment> functions,
      Transformation transformation,
      Predicate<String> outputs,
      Map<String, KeyedOutput> keyed) {
    return RootLocale.call(() -> run(functions, transformation, outputs, keyed));
  }

  private RunResult run(
      Consumer<StreamTableEnvironment> functions,
      Transformation transformation,
      Predicate<String> outputs,
      Map<String, KeyedOutput> keyed) {
    StreamExecutionEnvironment environment = TestCluster.environment(options(flink));
    StreamTableEnvironment tables = StreamTableEnvironment.create(environment);
    OutflowModule.load(tables);
    OutputTables keyedTables = new OutputTables(tables);
    Map<String, String> sources = new LinkedHashMap<>();
    Map<String, String> sinks = new LinkedHashMap<>();
    Set<String> read = new TreeSet<>();
    Map<String, List<Row>> emitted = new LinkedHashMap<>();
    try {
      functions.accept(tables);
      columns.forEach((name, schema) -> sources.put(name, create(tables, name, schema)));
      Map<String, Table> results = new LinkedHashMap<>(transformation.apply(tables));
      results.keySet().removeIf(outputs.negate());
      if (!results.isEmpty()) {
        // All outputs are planned together, as in a cluster: they share what they have in common.
        StreamStatementSet statements = tables.createStatementSet();
        results.forEach(
            (alias, table) -> {
              String id = RowStore.open();
              sinks.put(alias, id);
              if (keyed.containsKey(alias)) {
                collect(id, alias, keyed.get(alias), keyedTables, statements, table);
              } else {
                statements.addInsert(rows(id).build(), table);
              }
            });
        statements.attachAsDataStream();
        TestCluster.run(environment, "test", TIMEOUT);
      }
    } finally {
      sources.forEach(
          (name, id) -> {
            if (RowStore.remove(id)) {
              read.add(name);
            }
          });
      sinks.forEach((alias, id) -> emitted.put(alias, RowStore.take(id)));
    }
    return new RunResult(emitted, read);
  }

  private String create(StreamTableEnvironment tables, String name, Schema schema) {
    InputRows arriving = rows.getOrDefault(name, InputRows.NONE);
    String id = RowStore.put(arriving);
    tables.createTemporaryTable(
        Ddl.identifier(name),
        rows(id).option(RowTableFactory.LOOKUP, lookups.contains(name)).schema(schema).build());
    if (arriving instanceof InputRows.Given given) {
      RowCheck.check(name, tables.from(Ddl.identifier(name)).getResolvedSchema(), given.rows());
    }
    return id;
  }

  private static TableDescriptor.Builder rows(String id) {
    return TableDescriptor.forConnector(RowTableFactory.IDENTIFIER)
        .option(RowTableFactory.ROWS, id);
  }

  private static void collect(
      String id,
      String alias,
      KeyedOutput output,
      OutputTables keyedTables,
      StreamStatementSet statements,
      Table table) {
    keyedTables.createKeyed(
        alias,
        table.getResolvedSchema(),
        output.key(),
        Map.of(
            FactoryUtil.CONNECTOR.key(),
            RowTableFactory.IDENTIFIER,
            RowTableFactory.ROWS.key(),
            id,
            RowTableFactory.UPSERT.key(),
            "true"));
    statements.add(keyedTables.insert(alias, table, output.onConflict()));
  }
}

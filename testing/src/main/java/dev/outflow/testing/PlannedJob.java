package dev.outflow.testing;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import dev.outflow.compose.ComposedJob;
import dev.outflow.compose.Ddl;
import dev.outflow.compose.JobComposer;
import dev.outflow.compose.JobFunctions;
import dev.outflow.definition.DefinitionReader;
import dev.outflow.definition.DefinitionSource;
import dev.outflow.definition.Draft;
import dev.outflow.definition.EventTime;
import dev.outflow.definition.FunctionDefinition.JavaFunction;
import dev.outflow.definition.InputDefinition;
import dev.outflow.definition.JobDefinition;
import dev.outflow.definition.OnConflict;
import dev.outflow.definition.OutputDefinition;
import dev.outflow.kafka.error.ErrorPolicy;
import dev.outflow.kafka.option.KafkaOptions;
import dev.outflow.kafka.output.KafkaOutputOptions;
import dev.outflow.lookup.ReferenceFileTableFactory;
import dev.outflow.reference.References;
import dev.outflow.testing.rows.InputFormat;
import dev.outflow.testing.rows.InputRows;
import dev.outflow.testing.rows.RowTableFactory;
import dev.outflow.transformation.Transformation;
import dev.outflow.transformation.TransformationLoader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.Schema;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.table.catalog.ResolvedSchema;
import org.apache.flink.table.factories.FactoryUtil;

/**
 * A job that has been read, checked and planned without its connections: it needs neither Kafka nor
 * secrets.
 *
 * @param definition the definition with a table of rows for each input
 * @param inputs the columns of each input, including computed ones, and its watermark
 * @param outputs the columns of each output
 * @param onConflict what to do with several rows of the same key, for each output that states it
 * @param formats how each input reads its rows in production
 */
public record PlannedJob(
    JobDefinition definition,
    Map<String, ResolvedSchema> inputs,
    Map<String, ResolvedSchema> outputs,
    Map<String, OnConflict> onConflict,
    Map<String, InputFormat> formats) {

  /** Starts Flink in the background: it starts while jobs are planned, not after that. */
  public static void startFlinkAhead() {
    TestCluster.startAhead();
  }

  /**
   * Reads and plans a definition.
   *
   * @param file path or URI, as for {@code ./outflow run}
   * @param sets overrides of the form {@code path=value}
   * @throws dev.outflow.definition.InvalidDefinitionException with all problems
   */
  public static PlannedJob read(String file, List<String> sets) {
    return of(DefinitionReader.draft(DefinitionSource.of(file).with(sets)));
  }

  /**
   * Plans a definition.
   *
   * @throws dev.outflow.definition.InvalidDefinitionException with all problems
   */
  public static PlannedJob of(Draft draft) {
    JobDefinition definition = withoutConnections(draft.definition());
    ComposedJob job =
        JobComposer.compose(
            new Draft(definition, draft.problems(), draft.unusable()),
            new Configuration(),
            options ->
                StreamExecutionEnvironment.getExecutionEnvironment(
                    JobRun.options(options.toMap())));
    StreamTableEnvironment tables = job.tables();
    Map<String, ResolvedSchema> inputs = new LinkedHashMap<>();
    for (String name : definition.inputs().keySet()) {
      inputs.put(name, tables.from(Ddl.identifier(name)).getResolvedSchema());
    }
    return new PlannedJob(
        definition,
        inputs,
        job.outputColumns(),
        job.onConflict(),
        mapValues(draft.definition().inputs(), InputFormat::of));
  }

  /**
   * Runs the job's queries, or transformation, on rows.
   *
   * @param rows the rows of each input; others have none
   * @param aliases the outputs whose rows are needed
   * @throws JobFailedException if the job fails
   */
  public RunResult run(Map<String, InputRows> rows, Set<String> aliases) {
    return new JobRun(schemas(), rows, lookups(), withJars())
        .of(
            tables -> JobFunctions.create(definition, tables),
            transformation(),
            aliases::contains,
            keyedOutputs());
  }

  private Set<String> lookups() {
    return definition.inputs().entrySet().stream()
        .filter(input -> input.getValue().options().containsKey(RowTableFactory.LOOKUP.key()))
        .map(Map.Entry::getKey)
        .collect(toSet());
  }

  private Map<String, KeyedOutput> keyedOutputs() {
    Map<String, KeyedOutput> keyed = new LinkedHashMap<>();
    definition
        .outputs()
        .forEach(
            (alias, output) -> {
              if (output.isUpsert()) {
                keyed.put(
                    alias, KeyedOutput.of(output, Optional.ofNullable(onConflict.get(alias))));
              }
            });
    return keyed;
  }

  /** The jars of functions; their tasks run in this JVM, but in a class loader of the job. */
  private Map<String, String> withJars() {
    List<String> jars =
        definition.functions().stream()
            .filter(JavaFunction.class::isInstance)
            .flatMap(function -> ((JavaFunction) function).jar().stream())
            .map(jar -> jar.matches("[a-z][a-z0-9]+:.*") ? jar : Path.of(jar).toUri().toString())
            .toList();
    Map<String, String> options = new LinkedHashMap<>(definition.flink());
    if (!jars.isEmpty()) {
      options.put(PipelineOptions.JARS.key(), String.join(";", jars));
    }
    return options;
  }

  Transformation transformation() {
    return TransformationLoader.load(definition, Thread.currentThread().getContextClassLoader());
  }

  Map<String, Schema> schemas() {
    Map<String, Schema> schemas = new LinkedHashMap<>();
    inputs.forEach(
        (name, columns) ->
            schemas.put(name, Schema.newBuilder().fromResolvedSchema(columns).build()));
    return schemas;
  }

  private static JobDefinition withoutConnections(JobDefinition job) {
    return new JobDefinition(
        job.name(),
        mapValues(
            job.inputs(),
            input ->
                new InputDefinition(
                    RowTableFactory.IDENTIFIER,
                    input.columns(),
                    input.primaryKey(),
                    input.eventTime().map(PlannedJob::withoutOrdering),
                    input.connector().equals(ReferenceFileTableFactory.IDENTIFIER)
                        ? Map.of(RowTableFactory.LOOKUP.key(), "true")
                        : Map.of())),
        job.functions(),
        job.queries(),
        job.transformation(),
        mapValues(job.outputs(), PlannedJob::withoutConnection),
        withPrefix(job.flink(), Stream.of("table.", "pipeline.")),
        job.locations());
  }

  /**
   * The watermark of an ordered input stays behind its latest event, so that another event of the
   * same time is not late.
   */
  private static EventTime withoutOrdering(EventTime time) {
    Duration delay = time.isOrdered() ? time.outOfOrder().plusMillis(1) : time.outOfOrder();
    return EventTime.watermark(time.column(), delay);
  }

  /** Keeps what depends on the rows of the result: format, key and error policy. */
  private static OutputDefinition withoutConnection(OutputDefinition output) {
    String format = output.options().getOrDefault(FactoryUtil.FORMAT.key(), "");
    Map<String, String> options =
        withPrefix(
            output.options(),
            Stream.of(
                FactoryUtil.FORMAT.key(),
                format + ".",
                KafkaOutputOptions.MODE.key(),
                KafkaOutputOptions.PARTITION_KEY.key(),
                ErrorPolicy.ON_ERROR.key(),
                ErrorPolicy.DEAD_LETTER_TOPIC.key()));
    // Secrets of a format are only used when the job runs.
    options.replaceAll((key, value) -> References.isIn(value) ? "localhost" : value);
    options.put(KafkaOptions.BOOTSTRAP_SERVERS.key(), "localhost:9092");
    options.put(KafkaOptions.TOPIC.key(), "none");
    options.put(KafkaOutputOptions.DELIVERY_GUARANTEE.key(), "at-least-once");
    return output.withOptions(options);
  }

  private static <T, R> Map<String, R> mapValues(Map<String, T> tables, Function<T, R> mapping) {
    Map<String, R> mapped = new LinkedHashMap<>();
    tables.forEach((name, table) -> mapped.put(name, mapping.apply(table)));
    return mapped;
  }

  private static Map<String, String> withPrefix(
      Map<String, String> options, Stream<String> prefixes) {
    List<String> wanted = prefixes.toList();
    return options.entrySet().stream()
        .filter(option -> wanted.stream().anyMatch(option.getKey()::startsWith))
        .collect(toMap(Map.Entry::getKey, Map.Entry::getValue));
  }
}

package dev.outflow.job;

import dev.outflow.check.Target;
import dev.outflow.definition.JobDefinition;
import dev.outflow.definition.Problem;
import dev.outflow.kafka.input.KafkaInput;
import dev.outflow.kafka.output.KafkaOutput;
import dev.outflow.kafka.transaction.CheckpointTimes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.table.api.PlanReference;
import org.apache.flink.table.api.TableResult;
import org.apache.flink.table.api.bridge.java.StreamStatementSet;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.table.catalog.ResolvedSchema;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A job that has been checked and planned, ready to run.
 *
 * @param definition what it was composed from
 * @param tables where its tables are
 * @param statements one INSERT for each output
 * @param ddl the statement that created each table, inputs first, with each secret hidden
 * @param warnings what works, and should be known before it runs
 * @param outputColumns the columns of each output, as they follow from the query
 */
public record ComposedJob(
    JobDefinition definition,
    StreamTableEnvironment tables,
    StreamStatementSet statements,
    Map<String, String> ddl,
    List<Problem> warnings,
    Map<String, ResolvedSchema> outputColumns) {
  private static final Logger LOG = LoggerFactory.getLogger(ComposedJob.class);

  public ComposedJob {
    ddl = new LinkedHashMap<>(ddl);
    warnings = warnings.stream().sorted().toList();
    outputColumns = new LinkedHashMap<>(outputColumns);
  }

  /** The name under which it runs: consumer groups and transactional ids follow from it. */
  String name() {
    return tables.getConfig().get(PipelineOptions.NAME);
  }

  /** How long its checkpoints let a transaction wait; none if they are off. */
  CheckpointTimes checkpoints() {
    return CheckpointTimes.ifOn(tables.getConfig());
  }

  /** The savepoint or checkpoint that the job goes on from, if any. */
  Optional<String> savepoint() {
    return tables.getConfig().getOptional(StateRecoveryOptions.SAVEPOINT_PATH);
  }

  /** The inputs and outputs that Kafka can be asked about, by their paths in the definition. */
  Map<String, Target> kafkaTargets() {
    Map<String, Target> targets = new LinkedHashMap<>();
    definition
        .inputs()
        .forEach(
            (name, input) -> {
              if (input.isKafka()) {
                String path = "inputs." + name;
                KafkaInput kafka = KafkaInput.of(input.options(), name() + "-" + name);
                targets.put(
                    path, new Target.Input(path, kafka, savepoint().isPresent(), input.options()));
              }
            });
    definition
        .outputs()
        .forEach(
            (alias, output) -> {
              String path = "outputs." + alias;
              KafkaOutput kafka = KafkaOutput.of(output.options(), name() + "-" + alias);
              targets.put(
                  path,
                  new Target.Output(
                      path,
                      kafka,
                      checkpoints(),
                      output.options(),
                      AvroSchemas.registered(this, alias)));
            });
    return targets;
  }

  /**
   * Submits the job and returns as soon as the cluster has accepted it.
   *
   * @throws dev.outflow.definition.InvalidDefinitionException if the savepoint to go on from has
   *     state that the job has no place for
   */
  public JobClient submit() {
    try {
      JobClient client = client();
      if (savepoint().isPresent()) {
        Restoring.await(client);
      }
      return client;
    } catch (RuntimeException e) {
      throw SavepointProblem.of(this, e).orElse(e);
    }
  }

  private JobClient client() {
    return execute()
        .getJobClient()
        .orElseThrow(() -> new IllegalStateException("the cluster gave no handle of the job"));
  }

  private TableResult execute() {
    return plan()
        .map(plan -> tables.loadPlan(PlanReference.fromJsonString(plan)).execute())
        .orElseGet(statements::execute);
  }

  /** The plan with stable ids; none for a job that uses DataStreams, which a plan cannot hold. */
  private Optional<String> plan() {
    try {
      return Optional.of(StablePlan.of(statements.compilePlan().asJsonString()));
    } catch (Exception e) { // Flink throws a checked one of its relocated Jackson, undeclared.
      LOG.info(
          "Operators that have no uid are identified by their place in the whole job, because it"
              + " cannot be compiled to a plan: {}",
          e.getMessage());
      return Optional.empty();
    }
  }

  /**
   * Flink SQL that does the same: tables, and one INSERT for each query if there are queries. The
   * value of an option that sounds like a secret is {@code ******}, unless it is a reference; a
   * comment at the beginning says which these are.
   */
  public String sql() {
    return SqlScript.of(definition, ddl.values());
  }

  /**
   * Flink SQL that creates the job's tables to look at them in the SQL client, outputs as tables to
   * read. Reading them leaves no trace on the job. Secrets as in {@link #sql}.
   */
  public String readingSql() {
    return ReadingTables.of(this);
  }

  /** Flink's options that the definition sets, or Outflow for it, with their values in force. */
  Map<String, String> flinkOptions() {
    Map<String, String> options = new TreeMap<>();
    for (String key : JobOptions.written(definition).keySet()) {
      tables
          .getConfig()
          .getOptional(ConfigOptions.key(key).stringType().noDefaultValue())
          .ifPresent(value -> options.put(key, value));
    }
    return options;
  }

  /**
   * What its operators are called in the web UI and in metrics; empty for a job that uses
   * DataStreams, which gives names itself.
   */
  List<String> operators() {
    return plan().map(StablePlan::operators).orElse(List.of());
  }

  /**
   * What the job is going to run with, for people: every property with its value and where that
   * comes from, secrets hidden; the guarantee of each output, and why; the operators' names.
   */
  public String effectiveDefinition() {
    return EffectiveDefinition.of(this);
  }

  /** Names only. */
  @Override
  public String toString() {
    return "ComposedJob[%s, tables=%s]".formatted(definition.name(), ddl.keySet());
  }
}

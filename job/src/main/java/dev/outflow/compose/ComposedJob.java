package dev.outflow.compose;

import dev.outflow.definition.JobDefinition;
import dev.outflow.definition.Problem;
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
  public String name() {
    return tables.getConfig().get(PipelineOptions.NAME);
  }

  /** How long its checkpoints let a transaction wait; none if they are off. */
  public CheckpointTimes checkpoints() {
    return CheckpointTimes.ifOn(tables.getConfig());
  }

  /** The savepoint or checkpoint that the job goes on from, if any. */
  public Optional<String> savepoint() {
    return tables.getConfig().getOptional(StateRecoveryOptions.SAVEPOINT_PATH);
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
        RestoreMonitor.await(client);
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

  /** Flink's options that the definition sets, or Outflow for it, with their values in force. */
  public Map<String, String> flinkOptions() {
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
  public List<String> operators() {
    return plan().map(StablePlan::operators).orElse(List.of());
  }

  /** Names only. */
  @Override
  public String toString() {
    return "ComposedJob[%s, tables=%s]".formatted(definition.name(), ddl.keySet());
  }
}

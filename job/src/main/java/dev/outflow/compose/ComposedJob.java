package dev.outflow.compose;

import dev.outflow.definition.JobDefinition;
import dev.outflow.definition.OnConflict;
import dev.outflow.definition.Problem;
import dev.outflow.kafka.RootLocale;
import dev.outflow.kafka.transaction.CheckpointTimes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.table.api.Table;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.table.catalog.ResolvedSchema;

/**
 * A validated and planned job, ready to be submitted.
 *
 * @param definition the definition that it was composed from
 * @param tables the environment with its tables
 * @param plan of all inputs, queries and outputs
 * @param ddl the statement that created each table, inputs first, with secrets redacted
 * @param onConflict what to do with several rows of the same key, for each output that states it
 * @param secretWarnings secrets that a security review would reject
 * @param planWarnings other problems that do not prevent the job from running
 * @param results the rows of each output
 */
public record ComposedJob(
    JobDefinition definition,
    StreamTableEnvironment tables,
    CompiledPlan plan,
    Map<String, String> ddl,
    Map<String, OnConflict> onConflict,
    List<Problem> secretWarnings,
    List<Problem> planWarnings,
    Map<String, Table> results) {
  public ComposedJob {
    ddl = new LinkedHashMap<>(ddl);
    onConflict = Map.copyOf(onConflict);
    secretWarnings = secretWarnings.stream().sorted().toList();
    planWarnings = planWarnings.stream().sorted().toList();
    results = new LinkedHashMap<>(results);
  }

  /** Returns the columns of each output, derived from its query. */
  public Map<String, ResolvedSchema> outputColumns() {
    Map<String, ResolvedSchema> columns = new LinkedHashMap<>();
    results.forEach((alias, result) -> columns.put(alias, result.getResolvedSchema()));
    return columns;
  }

  /** Returns all problems that do not prevent the job from running. */
  public List<Problem> warnings() {
    return Stream.concat(secretWarnings.stream(), planWarnings.stream()).sorted().toList();
  }

  /** Returns the name that it runs under; consumer groups and transactional ids contain it. */
  public String name() {
    return tables.getConfig().get(PipelineOptions.NAME);
  }

  /** Returns the timing of its checkpoints, which bounds how long a transaction stays open. */
  public CheckpointTimes checkpoints() {
    return CheckpointTimes.ifOn(tables.getConfig());
  }

  /** Returns the savepoint or checkpoint to restore, if any. */
  public Optional<String> savepoint() {
    return tables.getConfig().getOptional(StateRecoveryOptions.SAVEPOINT_PATH);
  }

  /**
   * Submits the job and returns as soon as the cluster has accepted it.
   *
   * @throws dev.outflow.definition.InvalidDefinitionException if the savepoint contains state that
   *     cannot be mapped to the job
   */
  public JobClient submit() {
    try {
      JobClient client = RootLocale.call(this::client);
      if (savepoint().isPresent()) {
        RestoreMonitor.await(client);
      }
      return client;
    } catch (RuntimeException e) {
      throw SavepointProblem.of(savepoint(), e).orElse(e);
    }
  }

  private JobClient client() {
    return plan.execute()
        .getJobClient()
        .orElseThrow(() -> new IllegalStateException("the cluster returned no job client"));
  }

  /** Returns the effective values of the Flink options set by the definition or by Outflow. */
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
   * Returns the names of its operators in the web UI and in metrics; empty for a job with
   * DataStreams, which names them itself.
   */
  public List<String> operators() {
    return RootLocale.call(plan::json).map(StablePlan::operators).orElse(List.of());
  }

  /** Shows names only. */
  @Override
  public String toString() {
    return "ComposedJob[%s, tables=%s]".formatted(definition.name(), ddl.keySet());
  }
}

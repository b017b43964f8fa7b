package dev.outflow.compose;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.table.api.PlanReference;
import org.apache.flink.table.api.TableResult;
import org.apache.flink.table.api.bridge.java.StreamStatementSet;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The plan of a job with stable ids. It is compiled when it is first needed, and only once, because
 * that is a large part of the time until a job starts.
 *
 * <p>Not thread-safe.
 */
final class CompiledPlan {
  private static final Logger LOG = LoggerFactory.getLogger(CompiledPlan.class);

  private final StreamTableEnvironment tables;
  private final StreamStatementSet statements;
  private final Map<String, List<String>> keys;
  private boolean isCompiled;
  private String json;

  /**
   * Creates a plan that is not compiled yet.
   *
   * @param tables the environment with the job's tables
   * @param statements an INSERT for each output
   * @param keys the columns of the key of each output whose rows change earlier ones
   */
  CompiledPlan(
      StreamTableEnvironment tables,
      StreamStatementSet statements,
      Map<String, List<String>> keys) {
    this.tables = tables;
    this.statements = statements;
    this.keys = Map.copyOf(keys);
  }

  /** Returns Flink's JSON of the plan; empty for a job with DataStreams, which has no plan. */
  Optional<String> json() {
    if (!isCompiled) {
      json = compile();
      isCompiled = true;
    }
    return Optional.ofNullable(json);
  }

  /** Returns the statements that it is compiled from. */
  StreamStatementSet statements() {
    return statements;
  }

  /** Submits the job. */
  TableResult execute() {
    return json()
        .map(plan -> tables.loadPlan(PlanReference.fromJsonString(plan)).execute())
        .orElseGet(statements::execute);
  }

  private String compile() {
    try {
      return StablePlan.of(statements.compilePlan().asJsonString(), keys);
    } catch (
        Exception e) { // Flink throws an undeclared checked exception of its relocated Jackson.
      LOG.info(
          "The job cannot be compiled to a plan; the ids of operators without a uid depend on the"
              + " whole job graph: {}",
          e.getMessage());
      return null;
    }
  }
}

package dev.outflow.job;

import dev.outflow.definition.JobDefinition;
import dev.outflow.definition.Query;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.table.api.PlanReference;
import org.apache.flink.table.api.TableException;
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
 * @param ddl the statement that created each table, inputs first
 * @param outputColumns the columns of each output, as they follow from the query
 */
public record ComposedJob(
    JobDefinition definition,
    StreamTableEnvironment tables,
    StreamStatementSet statements,
    Map<String, String> ddl,
    Map<String, ResolvedSchema> outputColumns) {
  private static final Logger LOG = LoggerFactory.getLogger(ComposedJob.class);

  public ComposedJob {
    ddl = new LinkedHashMap<>(ddl);
    outputColumns = new LinkedHashMap<>(outputColumns);
  }

  /** Submits the job and returns as soon as the cluster has accepted it. */
  public JobClient submit() {
    return execute()
        .getJobClient()
        .orElseThrow(() -> new IllegalStateException("the cluster gave no handle of the job"));
  }

  private TableResult execute() {
    String plan;
    try {
      plan = statements.compilePlan().asJsonString();
    } catch (TableException e) {
      // A plan cannot hold a DataStream. Flink then derives each id from the whole graph.
      LOG.info("The operators have no ids of their own, because the job uses DataStreams", e);
      return statements.execute();
    }
    return tables.loadPlan(PlanReference.fromJsonString(StablePlan.of(plan))).execute();
  }

  /** Flink SQL that does the same: tables, and one INSERT for each query if there are queries. */
  public String sql() {
    StringBuilder sql = new StringBuilder();
    JobOptions.written(definition)
        .forEach((key, value) -> sql.append("SET '%s' = '%s';%n".formatted(key, value)));
    ddl.values().forEach(statement -> sql.append('\n').append(statement).append(";\n"));
    StringBuilder inserts = new StringBuilder();
    for (Query query : definition.queries()) {
      String name = Ddl.identifier(query.name());
      if (definition.outputs().containsKey(query.name())) {
        inserts.append("INSERT INTO ").append(name).append('\n').append(query.sql()).append(";\n");
      } else {
        sql.append("\nCREATE TEMPORARY VIEW ").append(name).append(" AS\n");
        sql.append(query.sql()).append(";\n");
      }
    }
    if (!inserts.isEmpty()) {
      sql.append("\nEXECUTE STATEMENT SET\nBEGIN\n").append(inserts).append("END;\n");
    }
    return sql.toString();
  }
}

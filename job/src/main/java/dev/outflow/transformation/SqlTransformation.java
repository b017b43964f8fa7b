package dev.outflow.transformation;

import dev.outflow.definition.InvalidDefinitionException;
import dev.outflow.definition.Problem;
import dev.outflow.definition.Query;
import dev.outflow.option.Suggestion;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.table.api.Table;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;

/**
 * A transformation by SQL queries. Each can read the inputs and the views before it.
 *
 * @param queries the queries in the order of the definition
 * @param outputs the names of the outputs; a query of any other name is a view
 */
public record SqlTransformation(List<Query> queries, Set<String> outputs)
    implements Transformation {

  /**
   * The outcome of planning the queries.
   *
   * @param results the results of the outputs that could be planned, by name
   * @param problems those of the other queries, except of queries that depend on them
   */
  public record Outcome(Map<String, Table> results, List<Problem> problems) {}

  /**
   * {@inheritDoc}
   *
   * @throws InvalidDefinitionException with each query that is invalid
   */
  @Override
  public Map<String, Table> apply(StreamTableEnvironment tables) {
    Outcome outcome = attempt(tables, Set.of());
    if (!outcome.problems().isEmpty()) {
      throw new InvalidDefinitionException(outcome.problems());
    }
    return outcome.results();
  }

  /**
   * Plans each query that can be planned.
   *
   * @param missing tables that are missing because of problems already reported
   */
  public Outcome attempt(StreamTableEnvironment tables, Set<String> missing) {
    Map<String, Table> results = new LinkedHashMap<>();
    List<Problem> problems = new ArrayList<>();
    Set<String> unknown = new HashSet<>(missing);
    for (Query query : queries) {
      try {
        Table result = tables.sqlQuery(query.sql());
        if (outputs.contains(query.name())) {
          results.put(query.name(), result);
        } else {
          tables.createTemporaryView(query.name(), result);
        }
      } catch (RuntimeException e) {
        SqlProblem problem = SqlProblem.of(e);
        if (problem.missingTable().filter(name -> isAmong(unknown, name)).isEmpty()) {
          problems.add(problem.in(query, tables));
        }
        unknown.add(query.name());
      }
    }
    return new Outcome(results, problems);
  }

  /** Returns whether a name is one of these or a typo of one. */
  private static boolean isAmong(Set<String> unknown, String name) {
    return unknown.contains(name) || Suggestion.nearest(unknown, name).isPresent();
  }
}

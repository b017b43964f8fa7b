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
 * One SELECT after the other; each can read the inputs and the views before it.
 *
 * @param queries in the order in which they are written
 * @param outputs the names whose result is an output; a query of any other name is a view
 */
public record SqlTransformation(List<Query> queries, Set<String> outputs)
    implements Transformation {

  /**
   * What came of the queries.
   *
   * @param results of those for an output that could be planned, by name
   * @param problems with the others; nothing is said of one that reads what already is a problem
   */
  public record Outcome(Map<String, Table> results, List<Problem> problems) {}

  /**
   * {@inheritDoc}
   *
   * @throws InvalidDefinitionException with each query that does not parse or asks for what is not
   *     there
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
   * @param missing tables that should be there, and of which a problem is known
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
        if (problem.missingTable().filter(name -> isMeant(unknown, name)).isEmpty()) {
          problems.add(problem.in(query, tables));
        }
        unknown.add(query.name());
      }
    }
    return new Outcome(results, problems);
  }

  /** A name that is no table's may have been written as one. */
  private static boolean isMeant(Set<String> unknown, String name) {
    return unknown.contains(name) || Suggestion.nearest(unknown, name).isPresent();
  }
}

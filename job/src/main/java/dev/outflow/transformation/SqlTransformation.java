package dev.outflow.transformation;

import dev.outflow.definition.InvalidDefinitionException;
import dev.outflow.definition.Problem;
import dev.outflow.definition.Query;
import dev.outflow.definition.Unusable;
import java.util.ArrayList;
import java.util.HashMap;
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
   * @param problems the problems of the queries
   * @param causes the path of what is invalid and kept queries from being planned, by their names
   * @param misspelled the names in queries that were replaced to find further problems
   */
  public record Outcome(
      Map<String, Table> results,
      List<Problem> problems,
      Map<String, String> causes,
      Set<String> misspelled) {}

  /**
   * {@inheritDoc}
   *
   * @throws InvalidDefinitionException with each query that is invalid
   */
  @Override
  public Map<String, Table> apply(StreamTableEnvironment tables) {
    Outcome outcome = attempt(tables, Unusable.NOTHING);
    if (!outcome.problems().isEmpty()) {
      throw new InvalidDefinitionException(outcome.problems());
    }
    return outcome.results();
  }

  /**
   * Plans each query that can be planned.
   *
   * @param unusable what is missing because of problems already reported
   */
  public Outcome attempt(StreamTableEnvironment tables, Unusable unusable) {
    Map<String, Table> results = new LinkedHashMap<>();
    List<Problem> problems = new ArrayList<>();
    Map<String, String> causes = new LinkedHashMap<>();
    Map<String, String> failed = new HashMap<>();
    Set<String> misspelled = new HashSet<>();
    for (Query query : queries) {
      QueryPlan plan = QueryPlan.of(query, tables, () -> KnownNames.of(tables, unusable, failed));
      problems.addAll(plan.problems());
      misspelled.addAll(plan.misspelled());
      plan.cause().ifPresent(cause -> causes.put(query.name(), cause));
      plan.result()
          .ifPresentOrElse(
              result -> {
                if (outputs.contains(query.name())) {
                  results.put(query.name(), result);
                } else {
                  tables.createTemporaryView(query.name(), result);
                }
              },
              () -> failed.put(query.name(), plan.cause().orElse("queries." + query.name())));
    }
    return new Outcome(results, problems, causes, misspelled);
  }
}

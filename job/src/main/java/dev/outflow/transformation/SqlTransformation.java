package dev.outflow.transformation;

import dev.outflow.definition.InvalidDefinitionException;
import dev.outflow.definition.Problem;
import dev.outflow.definition.Query;
import java.util.ArrayList;
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
   * {@inheritDoc}
   *
   * @throws InvalidDefinitionException with each query that does not parse or asks for what is not
   *     there
   */
  @Override
  public Map<String, Table> apply(StreamTableEnvironment tables) {
    Map<String, Table> results = new LinkedHashMap<>();
    List<Problem> problems = new ArrayList<>();
    for (Query query : queries) {
      try {
        Table result = tables.sqlQuery(query.sql());
        if (outputs.contains(query.name())) {
          results.put(query.name(), result);
        } else {
          tables.createTemporaryView(query.name(), result);
        }
      } catch (RuntimeException e) {
        problems.add(SqlProblem.of(query, e));
      }
    }
    if (!problems.isEmpty()) {
      throw new InvalidDefinitionException(problems);
    }
    return results;
  }
}

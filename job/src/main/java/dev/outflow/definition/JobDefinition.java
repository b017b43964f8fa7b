package dev.outflow.definition;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * A job as written by its author, in the order of the file. Definitions from {@link
 * DefinitionReader} are well-formed and consistent.
 *
 * @param name the job name in Flink's web UI, and a part of transactional ids and consumer groups
 * @param inputs the tables to read, by name
 * @param functions the functions that queries can call in addition to Flink's
 * @param queries the queries; empty if a {@code transformation} is used
 * @param transformation the class of a Java transformation; empty with queries, or to use the only
 *     one on the class path
 * @param outputs the Kafka topics to write to, by alias
 * @param flink Flink options
 * @param locations the location of a property, by its path
 */
public record JobDefinition(
    String name,
    Map<String, InputDefinition> inputs,
    List<FunctionDefinition> functions,
    List<Query> queries,
    Optional<String> transformation,
    Map<String, OutputDefinition> outputs,
    Map<String, String> flink,
    Function<String, Location> locations) {

  public JobDefinition {
    inputs = Collections.unmodifiableMap(new LinkedHashMap<>(inputs));
    outputs = Collections.unmodifiableMap(new LinkedHashMap<>(outputs));
    functions = List.copyOf(functions);
    queries = List.copyOf(queries);
    flink = Map.copyOf(flink);
  }

  /** Returns the definition with other Flink options. */
  public JobDefinition withFlink(Map<String, String> options) {
    return new JobDefinition(
        name, inputs, functions, queries, transformation, outputs, options, locations);
  }

  /** Returns a problem of the property at {@code path}. */
  public Problem problem(String path, String message) {
    return new Problem(locations.apply(path), path, message);
  }

  /** Shows only the names of Flink options, because their values can be secrets. */
  @Override
  public String toString() {
    return "JobDefinition[%s, inputs=%s, outputs=%s, flink=%s]"
        .formatted(name, inputs, outputs, flink.keySet());
  }
}

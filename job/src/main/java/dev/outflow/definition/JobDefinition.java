package dev.outflow.definition;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * A job as its author wrote it, in the order in which it is written. One that {@link
 * DefinitionReader} has read is well-formed and its parts fit together.
 *
 * @param name shown in Flink's web UI and part of transactional ids and consumer groups
 * @param inputs tables to read by name
 * @param queries one SELECT each; empty when {@code transformation} does the work
 * @param transformation the class that does the work instead; absent with queries, or when the only
 *     one on the class path is meant
 * @param outputs where to write the result of each name
 * @param flink Flink's own options
 * @param places where a property is written, by its path, for messages about it
 */
public record JobDefinition(
    String name,
    Map<String, InputDefinition> inputs,
    List<Query> queries,
    Optional<String> transformation,
    Map<String, OutputDefinition> outputs,
    Map<String, String> flink,
    Function<String, Location> places) {

  public JobDefinition {
    inputs = Collections.unmodifiableMap(new LinkedHashMap<>(inputs));
    outputs = Collections.unmodifiableMap(new LinkedHashMap<>(outputs));
    queries = List.copyOf(queries);
    flink = Map.copyOf(flink);
  }

  /** The same with other options for Flink. */
  public JobDefinition withFlink(Map<String, String> options) {
    return new JobDefinition(name, inputs, queries, transformation, outputs, options, places);
  }

  /** A problem with the property at {@code path}. */
  public Problem problem(String path, String message) {
    return new Problem(places.apply(path), path, message);
  }

  /** Flink's options can hold secrets: their names only. */
  @Override
  public String toString() {
    return "JobDefinition[%s, inputs=%s, outputs=%s, flink=%s]"
        .formatted(name, inputs, outputs, flink.keySet());
  }
}

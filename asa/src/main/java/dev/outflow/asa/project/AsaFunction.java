package dev.outflow.asa.project;

import java.util.List;
import java.util.Optional;

/**
 * A user-defined function in JavaScript.
 *
 * @param alias its name in queries, without {@code udf.} or {@code uda.}
 * @param isAggregate whether it is a user-defined aggregate
 * @param script its text
 * @param inputs the types of its arguments, in lowercase, e.g. {@code nvarchar(max)}
 * @param output the type of its result
 * @param file in which it is defined
 * @param line in that file
 */
public record AsaFunction(
    String alias,
    boolean isAggregate,
    String script,
    List<String> inputs,
    Optional<String> output,
    String file,
    int line) {
  public AsaFunction {
    inputs = List.copyOf(inputs);
  }

  /** Returns whether its script is still to be added. */
  public boolean isPlaceholder() {
    return script.startsWith(ScriptFunctions.PLACEHOLDER);
  }
}

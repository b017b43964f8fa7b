package dev.outflow.sampling;

import dev.outflow.definition.InvalidDefinitionException;
import dev.outflow.definition.JobDefinition;
import dev.outflow.option.InvalidOptionsException;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** Reports invalid options at their place in the definition. */
public final class LocatedOptions {
  private LocatedOptions() {}

  /**
   * Returns what {@code read} returns.
   *
   * @param path the property's path in the definition, from its key
   * @throws InvalidDefinitionException if {@code read} throws an {@link InvalidOptionsException}
   */
  public static <T> T read(JobDefinition definition, UnaryOperator<String> path, Supplier<T> read) {
    try {
      return read.get();
    } catch (InvalidOptionsException e) {
      throw new InvalidDefinitionException(
          e.problems().stream()
              .map(problem -> definition.problem(path.apply(problem.key()), problem.message()))
              .toList());
    }
  }
}

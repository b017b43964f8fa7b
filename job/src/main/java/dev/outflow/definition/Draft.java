package dev.outflow.definition;

import java.util.List;
import java.util.Set;

/**
 * What could be read of a definition, and what is wrong with the rest: whoever looks for further
 * mistakes looks at that, so that all are told at once.
 *
 * @param definition with something that will do in the place of what could not be read; it must not
 *     run unless there are no problems
 * @param problems what is wrong so far
 * @param lost the paths of what nothing will do for: {@code queries}, {@code inputs.orders}
 */
public record Draft(JobDefinition definition, List<Problem> problems, Set<String> lost) {
  public Draft {
    problems = List.copyOf(problems);
    lost = Set.copyOf(lost);
  }

  /**
   * The definition, if all is well with it.
   *
   * @throws InvalidDefinitionException with everything that is wrong
   */
  public JobDefinition sound() {
    if (!problems.isEmpty()) {
      throw new InvalidDefinitionException(problems);
    }
    return definition;
  }
}

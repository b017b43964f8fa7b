package dev.outflow.definition;

import java.util.List;

/**
 * A definition as far as it could be read, so that later checks can report their problems in the
 * same run.
 *
 * @param definition with placeholders for what could not be read; must not run unless there are no
 *     problems
 * @param problems the problems found so far
 * @param unusable the parts for which there is no placeholder
 */
public record Draft(JobDefinition definition, List<Problem> problems, Unusable unusable) {
  public Draft {
    problems = List.copyOf(problems);
  }

  /**
   * Returns the definition if it has no problems.
   *
   * @throws InvalidDefinitionException with all problems
   */
  public JobDefinition orElseThrow() {
    if (!problems.isEmpty()) {
      throw new InvalidDefinitionException(problems);
    }
    return definition;
  }
}

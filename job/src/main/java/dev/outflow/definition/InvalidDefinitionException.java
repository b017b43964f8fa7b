package dev.outflow.definition;

import static java.util.stream.Collectors.joining;

import java.util.Collection;
import java.util.List;

/**
 * Thrown for a definition that cannot run, with all its problems. It has no stack trace, because
 * its message is for the author of the definition.
 */
public final class InvalidDefinitionException extends RuntimeException {
  private final transient List<Problem> problems;

  /** Creates an exception whose message has one line per problem, sorted by location. */
  public InvalidDefinitionException(Collection<Problem> problems) {
    super(
        problems.stream().sorted().distinct().map(Problem::toString).collect(joining("\n")),
        null,
        false,
        false);
    this.problems = problems.stream().sorted().distinct().toList();
  }

  /** Returns the problems, sorted by location. */
  public List<Problem> problems() {
    return problems;
  }
}

package dev.outflow.definition;

import static java.util.stream.Collectors.joining;

import java.util.Collection;
import java.util.List;

/**
 * A definition that cannot run, with everything that is wrong with it. It has no stack trace: its
 * message is for the one who wrote the definition, wherever it surfaces.
 */
public final class InvalidDefinitionException extends RuntimeException {
  private final transient List<Problem> problems;

  /** The message has one line for each problem, sorted by place. */
  public InvalidDefinitionException(Collection<Problem> problems) {
    super(
        problems.stream().sorted().distinct().map(Problem::toString).collect(joining("\n")),
        null,
        false,
        false);
    this.problems = problems.stream().sorted().distinct().toList();
  }

  /** Sorted by place. */
  public List<Problem> problems() {
    return problems;
  }
}

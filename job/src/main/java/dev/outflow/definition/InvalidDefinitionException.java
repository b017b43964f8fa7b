package dev.outflow.definition;

import static java.util.stream.Collectors.joining;

import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/**
 * Thrown for a definition that cannot run, with all its problems. It has no stack trace, because
 * its message is for the author of the definition.
 */
public final class InvalidDefinitionException extends RuntimeException {
  private final transient List<Problem> problems;
  private final transient List<Problem> unchecked;

  /** Creates an exception whose message has one line per problem, sorted by location. */
  public InvalidDefinitionException(Collection<Problem> problems) {
    this(problems, List.of());
  }

  /**
   * Creates an exception whose message has one line per problem, then one for each part that was
   * not checked.
   *
   * @param unchecked the parts that could not be checked because of the problems, and why
   */
  public InvalidDefinitionException(Collection<Problem> problems, Collection<Problem> unchecked) {
    super(
        Stream.concat(problems.stream().sorted(), unchecked.stream().sorted())
            .distinct()
            .map(Problem::toString)
            .collect(joining("\n")),
        null,
        false,
        false);
    this.problems = problems.stream().sorted().distinct().toList();
    this.unchecked = unchecked.stream().sorted().distinct().toList();
  }

  /** Returns the problems, sorted by location. */
  public List<Problem> problems() {
    return problems;
  }

  /** Returns the parts that could not be checked because of the problems, sorted by location. */
  public List<Problem> unchecked() {
    return unchecked;
  }
}

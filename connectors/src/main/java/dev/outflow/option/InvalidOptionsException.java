package dev.outflow.option;

import static java.util.stream.Collectors.joining;

import java.util.List;
import org.apache.flink.table.api.ValidationException;

/** All problems with the options of one table. */
public final class InvalidOptionsException extends ValidationException {
  private final transient List<OptionProblem> problems;

  /** The message has one line for each problem. */
  public InvalidOptionsException(List<OptionProblem> problems) {
    super(problems.stream().map(OptionProblem::toString).collect(joining("\n")));
    this.problems = List.copyOf(problems);
  }

  /** Creates an exception with one problem. */
  public static InvalidOptionsException of(String key, String message) {
    return new InvalidOptionsException(List.of(new OptionProblem(key, message)));
  }

  /** Returns the problems, each with its option. */
  public List<OptionProblem> problems() {
    return problems;
  }
}

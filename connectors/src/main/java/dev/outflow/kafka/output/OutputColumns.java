package dev.outflow.kafka.output;

import dev.outflow.option.InvalidOptionsException;
import dev.outflow.option.OptionProblem;
import java.util.List;

/** Checks the columns that options of an output name. */
final class OutputColumns {
  private OutputColumns() {}

  /**
   * Checks that columns exist.
   *
   * @param option the option that names them
   * @throws InvalidOptionsException with each unknown column
   */
  static void requireKnown(String option, List<String> names, List<String> existing) {
    List<OptionProblem> problems =
        names.stream()
            .filter(name -> !existing.contains(name))
            .map(name -> new OptionProblem(option, unknown(name, existing)))
            .toList();
    if (!problems.isEmpty()) {
      throw new InvalidOptionsException(problems);
    }
  }

  /** Returns the message about an unknown column. */
  static String unknown(String name, List<String> existing) {
    return "unknown column '%s'; expected one of %s".formatted(name, String.join(", ", existing));
  }
}

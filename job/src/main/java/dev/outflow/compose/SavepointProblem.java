package dev.outflow.compose;

import dev.outflow.definition.InvalidDefinitionException;
import dev.outflow.definition.Location;
import dev.outflow.definition.Problem;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.flink.configuration.StateRecoveryOptions;

/** Explains why a job cannot be restored from a savepoint. */
final class SavepointProblem {
  private static final Pattern UNMAPPED =
      Pattern.compile(
          "Cannot map checkpoint/savepoint state for operator (\\w+) to the new program");
  private static final Pattern MAX_PARALLELISM =
      Pattern.compile("with max parallelism (\\d+) to new program with max parallelism (\\d+)");

  private SavepointProblem() {}

  /** Returns the problem if {@code failure} is about the savepoint. */
  static Optional<RuntimeException> of(Optional<String> path, Throwable failure) {
    String savepoint = path.orElse("the savepoint");
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      String message = String.valueOf(cause.getMessage());
      Matcher unmapped = UNMAPPED.matcher(message);
      if (unmapped.find()) {
        return problem(
            ("%s contains state of an operator (%s) that this job no longer has: an input's topic"
                    + " or name, a query's grouping, window, aggregate or join, or an output's name or"
                    + " position has changed, or an output was removed; revert that, or drop the state"
                    + " with --allowNonRestoredState ('%s: true' under 'flink')")
                .formatted(
                    savepoint,
                    unmapped.group(1),
                    StateRecoveryOptions.SAVEPOINT_IGNORE_UNCLAIMED_STATE.key()));
      }
      Matcher max = MAX_PARALLELISM.matcher(message);
      if (max.find()) {
        return problem(
            "%s was taken with pipeline.max-parallelism %s, but the job now has %s; set it back to %s"
                .formatted(savepoint, max.group(1), max.group(2), max.group(1)));
      }
    }
    return Optional.empty();
  }

  private static Optional<RuntimeException> problem(String message) {
    return Optional.of(
        new InvalidDefinitionException(
            List.of(
                new Problem(
                    Location.of("savepoint"),
                    StateRecoveryOptions.SAVEPOINT_PATH.key(),
                    message))));
  }
}

package dev.outflow.compose;

import dev.outflow.definition.InvalidDefinitionException;
import dev.outflow.definition.Location;
import dev.outflow.definition.Problem;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.flink.configuration.StateRecoveryOptions;

/** Why a job cannot go on from a savepoint, in words for the one who changed its definition. */
final class SavepointProblem {
  private static final Pattern NO_PLACE =
      Pattern.compile(
          "Cannot map checkpoint/savepoint state for operator (\\w+) to the new program");
  private static final Pattern MAX_PARALLELISM =
      Pattern.compile("with max parallelism (\\d+) to new program with max parallelism (\\d+)");

  private SavepointProblem() {}

  /** What to tell, if {@code failure} is about the savepoint. */
  static Optional<RuntimeException> of(ComposedJob job, Throwable failure) {
    String savepoint = job.savepoint().orElse("the savepoint");
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      String told = String.valueOf(cause.getMessage());
      Matcher noPlace = NO_PLACE.matcher(told);
      if (noPlace.find()) {
        return refuse(
            ("%s has state of an operator (%s) that this job does not have: since then an input got"
                    + " another topic or name, a query another grouping, window, aggregate or join,"
                    + " or an output was renamed, removed or put before others; undo that, or give"
                    + " up this state with --allowNonRestoredState ('%s: true' under 'flink')")
                .formatted(
                    savepoint,
                    noPlace.group(1),
                    StateRecoveryOptions.SAVEPOINT_IGNORE_UNCLAIMED_STATE.key()));
      }
      Matcher max = MAX_PARALLELISM.matcher(told);
      if (max.find()) {
        return refuse(
            "%s was made with pipeline.max-parallelism %s, and the job has %s now; set it to %s again"
                .formatted(savepoint, max.group(1), max.group(2), max.group(1)));
      }
    }
    return Optional.empty();
  }

  private static Optional<RuntimeException> refuse(String message) {
    return Optional.of(
        new InvalidDefinitionException(
            List.of(
                new Problem(
                    Location.of("savepoint"),
                    StateRecoveryOptions.SAVEPOINT_PATH.key(),
                    message))));
  }
}

package dev.outflow.compose;

import java.util.Optional;
import java.util.function.Supplier;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.table.api.TableConfig;
import org.apache.flink.table.api.config.TableConfigOptions;

/**
 * Planning whose result is only checked. Flink parses the code that it generates to split long
 * methods, so that the JVM can optimize them; code that never runs is not worth that time.
 */
final class TrialPlanning {
  /** Code up to this length in characters is not split; the JVM still accepts its methods. */
  private static final int UNSPLIT_LENGTH = 30_000;

  private TrialPlanning() {}

  /** Runs {@code planning} with an option that is restored afterwards. */
  static <T> T run(TableConfig config, Supplier<T> planning) {
    Configuration options = config.getConfiguration();
    Optional<Integer> before = options.getOptional(TableConfigOptions.MAX_LENGTH_GENERATED_CODE);
    options.set(TableConfigOptions.MAX_LENGTH_GENERATED_CODE, UNSPLIT_LENGTH);
    try {
      return planning.get();
    } finally {
      options.removeConfig(TableConfigOptions.MAX_LENGTH_GENERATED_CODE);
      before.ifPresent(length -> options.set(TableConfigOptions.MAX_LENGTH_GENERATED_CODE, length));
    }
  }
}

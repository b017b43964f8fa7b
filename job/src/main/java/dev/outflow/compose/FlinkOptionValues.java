package dev.outflow.compose;

import dev.outflow.definition.JobDefinition;
import dev.outflow.definition.Problem;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.PipelineOptions;

/** Warns about values of Flink options that are valid but rarely meant. */
final class FlinkOptionValues {
  /** Flink's upper bound of the maximum parallelism. */
  private static final int MAX_PARALLELISM = 1 << 15;

  private static final Pattern BELOW_A_SECOND = Pattern.compile("[1-9]\\d{0,2}");

  private FlinkOptionValues() {}

  static List<Problem> warnings(JobDefinition definition) {
    Configuration flink = Configuration.fromMap(definition.flink());
    Stream<Problem> times =
        FlinkOptionNames.options().stream()
            .filter(option -> isMillisecondsWithoutUnit(definition, flink, option))
            .map(ConfigOption::key)
            .distinct()
            .map(
                key ->
                    definition.problem(
                        "flink." + key,
                        "is %1$s milliseconds, because Flink's default unit is ms; write the unit, e.g. %1$s s or %1$s ms"
                            .formatted(definition.flink().get(key).strip())));
    return Stream.concat(times, parallelism(definition, flink).stream()).toList();
  }

  private static boolean isMillisecondsWithoutUnit(
      JobDefinition definition, Configuration flink, ConfigOption<?> option) {
    String written = definition.flink().getOrDefault(option.key(), "").strip();
    return BELOW_A_SECOND.matcher(written).matches()
        && flink.getOptional(option).filter(Duration.class::isInstance).isPresent();
  }

  private static Optional<Problem> parallelism(JobDefinition definition, Configuration flink) {
    int max =
        flink
            .getOptional(PipelineOptions.MAX_PARALLELISM)
            .filter(written -> written > 0)
            .orElse(MAX_PARALLELISM);
    return flink
        .getOptional(CoreOptions.DEFAULT_PARALLELISM)
        .filter(parallelism -> parallelism > max)
        .map(
            parallelism ->
                definition.problem(
                    "flink." + CoreOptions.DEFAULT_PARALLELISM.key(),
                    "is %d, but the maximum parallelism is %d; Flink will not start the job with more subtasks than that; lower it"
                        .formatted(parallelism, max)));
  }
}

package dev.outflow.compose;

import dev.outflow.definition.JobDefinition;
import dev.outflow.definition.Problem;
import dev.outflow.option.Suggestion;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.MetricOptions;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.table.api.config.ExecutionConfigOptions;
import org.apache.flink.table.api.config.OptimizerConfigOptions;
import org.apache.flink.table.api.config.TableConfigOptions;

/**
 * Finds misspelled Flink options, which Flink ignores silently. Unknown options are allowed,
 * because file systems and state backends define their own, unless they are similar to one of
 * Flink's.
 */
final class FlinkOptionNames {
  private static final List<Class<?>> HOLDERS =
      List.of(
          CheckpointingOptions.class,
          CoreOptions.class,
          ExecutionOptions.class,
          MetricOptions.class,
          PipelineOptions.class,
          RestartStrategyOptions.class,
          StateBackendOptions.class,
          StateRecoveryOptions.class,
          ExecutionConfigOptions.class,
          OptimizerConfigOptions.class,
          TableConfigOptions.class);
  private static final Set<String> KNOWN = known();

  private FlinkOptionNames() {}

  static List<Problem> misspelled(JobDefinition definition) {
    List<Problem> problems = new ArrayList<>();
    for (String name : definition.flink().keySet()) {
      if (!isKnown(name)) {
        Suggestion.misspelled(KNOWN, name)
            .ifPresent(
                suggestion ->
                    problems.add(
                        definition.problem(
                            "flink." + name,
                            "is not a Flink option; did you mean '%s'?".formatted(suggestion))));
      }
    }
    return problems;
  }

  /** Returns whether it is an option of Flink, or a key of an option that is a map. */
  private static boolean isKnown(String name) {
    return KNOWN.contains(name) || KNOWN.stream().anyMatch(known -> name.startsWith(known + "."));
  }

  private static Set<String> known() {
    Set<String> names = new TreeSet<>();
    for (ConfigOption<?> option : options()) {
      names.add(option.key());
      option.fallbackKeys().forEach(fallback -> names.add(fallback.getKey()));
    }
    return names;
  }

  /** Returns the options that this Flink documents. */
  static List<ConfigOption<?>> options() {
    List<ConfigOption<?>> options = new ArrayList<>();
    for (Class<?> holder : HOLDERS) {
      for (Field field : holder.getFields()) {
        if (field.getType() == ConfigOption.class) {
          try {
            options.add((ConfigOption<?>) field.get(null));
          } catch (IllegalAccessException e) {
            throw new IllegalStateException("cannot read " + field, e);
          }
        }
      }
    }
    return options;
  }
}

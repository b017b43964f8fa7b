package dev.outflow.compose;

import dev.outflow.definition.Draft;
import dev.outflow.definition.InvalidDefinitionException;
import dev.outflow.definition.JobDefinition;
import dev.outflow.definition.Problem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.config.TableConfigOptions;

/** A job's Flink options: the definition's override the cluster's, and those Outflow's defaults. */
public final class JobOptions {
  private static final ConfigOption<Duration> INTERVAL =
      CheckpointingOptions.CHECKPOINTING_INTERVAL;

  /** By default Flink deletes the last checkpoint of a job that failed or was canceled. */
  private static final ConfigOption<ExternalizedCheckpointRetention> RETENTION =
      CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION;

  /**
   * SQL operators do not keep the rows they receive, so rows need not be copied between operators;
   * user functions can keep them.
   */
  private static final ConfigOption<Boolean> REUSE = PipelineOptions.OBJECT_REUSE;

  /** The default time zone, as in Azure Stream Analytics. */
  public static final String TIME_ZONE = "UTC";

  /** The default interval of checkpoints, which is also that of exactly-once commits. */
  public static final Duration CHECKPOINT_INTERVAL = Duration.ofSeconds(10);

  /** How Flink names an option with an invalid value. */
  private static final Pattern KEY = Pattern.compile("for key '([^']+)'");

  private JobOptions() {}

  /**
   * Returns the options to set for the job in addition to the cluster's.
   *
   * @param cluster the options of the cluster, which take precedence over Outflow's defaults
   * @throws InvalidDefinitionException if a value is invalid
   */
  static Configuration of(JobDefinition definition, ReadableConfig cluster) {
    Configuration options = new Configuration();
    boolean clusterHasInterval = cluster.getOptional(INTERVAL).isPresent();
    if (!clusterHasInterval) {
      options.set(INTERVAL, CHECKPOINT_INTERVAL);
    }
    if (cluster.getOptional(RETENTION).isEmpty()) {
      options.set(RETENTION, ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
    }
    if (!definition.queries().isEmpty() && cluster.getOptional(REUSE).isEmpty()) {
      options.set(REUSE, true);
    }
    options.set(
        TableConfigOptions.LOCAL_TIME_ZONE,
        JobTimeZone.ofCluster(cluster)
            .filter(zone -> JobTimeZone.problem(zone).isEmpty())
            .orElse(TIME_ZONE));
    options.addAll(Configuration.fromMap(definition.flink()));
    options.set(PipelineOptions.NAME, definition.name());
    JobTimeZone.problem(options.get(TableConfigOptions.LOCAL_TIME_ZONE))
        .ifPresent(
            message -> {
              throw new InvalidDefinitionException(List.of(zoneProblem(definition, message)));
            });
    try {
      if (options.getOptional(INTERVAL).filter(Duration::isZero).isPresent()) {
        disableCheckpoints(options, clusterHasInterval);
      }
      StreamExecutionEnvironment.getExecutionEnvironment(options); // Parses all values.
    } catch (IllegalArgumentException e) {
      throw new InvalidDefinitionException(List.of(problem(definition, e)));
    }
    return options;
  }

  /**
   * Returns the draft without invalid Flink options, and with a problem for each of them.
   *
   * @param cluster as for {@link #of}
   */
  static Draft check(Draft draft, ReadableConfig cluster) {
    List<Problem> problems = new ArrayList<>(draft.problems());
    problems.addAll(FlinkOptionNames.misspelled(draft.definition()));
    JobDefinition definition = draft.definition();
    if (!definition.flink().containsKey(JobTimeZone.KEY)) {
      JobTimeZone.ofCluster(cluster)
          .flatMap(JobTimeZone::problem)
          .map(message -> zoneProblem(draft.definition(), message + " (set by the cluster)"))
          .ifPresent(problems::add);
    }
    while (true) {
      try {
        of(definition, cluster);
        return new Draft(definition, problems, draft.unusable());
      } catch (InvalidDefinitionException e) {
        problems.addAll(e.problems());
        definition = definition.withFlink(without(definition.flink(), e.problems()));
      }
    }
  }

  /** Removes the options with problems, or all if the problems name none of them. */
  private static Map<String, String> without(Map<String, String> flink, List<Problem> problems) {
    Map<String, String> rest = new HashMap<>(flink);
    problems.forEach(problem -> rest.remove(problem.property().replaceFirst("flink\\.", "")));
    return rest.size() < flink.size() ? rest : Map.of();
  }

  /** Flink disables checkpoints only by the absence of the option. */
  private static void disableCheckpoints(Configuration options, boolean clusterHasInterval) {
    if (clusterHasInterval) {
      throw new IllegalArgumentException(
          "checkpoints cannot be disabled for key '%s', because the cluster sets it"
              .formatted(INTERVAL.key()));
    }
    options.removeConfig(INTERVAL);
  }

  private static Problem zoneProblem(JobDefinition definition, String message) {
    return definition.problem("flink." + JobTimeZone.KEY, message);
  }

  private static Problem problem(JobDefinition definition, IllegalArgumentException failure) {
    Matcher key = KEY.matcher(failure.getMessage());
    return definition.problem(key.find() ? "flink." + key.group(1) : "flink", failure.getMessage());
  }

  /** Returns the options as text, for a cluster without options of its own. */
  public static Map<String, String> written(JobDefinition definition) {
    return new TreeMap<>(of(definition, new Configuration()).toMap());
  }
}

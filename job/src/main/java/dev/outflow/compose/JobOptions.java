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

/** Flink's options for a job: the cluster's, then Outflow's defaults, then the definition's. */
public final class JobOptions {
  private static final ConfigOption<Duration> INTERVAL =
      CheckpointingOptions.CHECKPOINTING_INTERVAL;

  /** By default Flink deletes the last checkpoint of a job that fails for good. */
  private static final ConfigOption<ExternalizedCheckpointRetention> RETENTION =
      CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION;

  /**
   * Operators of SQL keep no row that they are given, so that none has to be copied between them; a
   * function of the user's may.
   */
  private static final ConfigOption<Boolean> REUSE = PipelineOptions.OBJECT_REUSE;

  /** How often a checkpoint is taken, and so how often exactly-once records become readable. */
  public static final Duration CHECKPOINT_INTERVAL = Duration.ofSeconds(10);

  /** How Flink names the option whose value it cannot read. */
  private static final Pattern KEY = Pattern.compile("for key '([^']+)'");

  private JobOptions() {}

  /**
   * What to set for the job over what the cluster has.
   *
   * @param cluster the options of the cluster; a checkpoint interval there is left as it is
   * @throws InvalidDefinitionException if Flink cannot read a value
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
    options.addAll(Configuration.fromMap(definition.flink()));
    options.set(PipelineOptions.NAME, definition.name());
    try {
      if (options.getOptional(INTERVAL).filter(Duration::isZero).isPresent()) {
        turnOff(options, clusterHasInterval);
      }
      StreamExecutionEnvironment.getExecutionEnvironment(options); // Reads all that it knows.
    } catch (IllegalArgumentException e) {
      throw new InvalidDefinitionException(List.of(problem(definition, e)));
    }
    return options;
  }

  /**
   * The same definition without the options that Flink cannot read, and these told.
   *
   * @param cluster as for {@link #of}
   */
  static Draft check(Draft draft, ReadableConfig cluster) {
    List<Problem> problems = new ArrayList<>(draft.problems());
    problems.addAll(FlinkNames.misspelt(draft.definition()));
    JobDefinition definition = draft.definition();
    while (true) {
      try {
        of(definition, cluster);
        return new Draft(definition, problems, draft.lost());
      } catch (InvalidDefinitionException e) {
        problems.addAll(e.problems());
        definition = definition.withFlink(without(definition.flink(), e.problems()));
      }
    }
  }

  /** Without what a problem is about; without any if that is none of them. */
  private static Map<String, String> without(Map<String, String> flink, List<Problem> problems) {
    Map<String, String> rest = new HashMap<>(flink);
    problems.forEach(problem -> rest.remove(problem.property().replaceFirst("flink\\.", "")));
    return rest.size() < flink.size() ? rest : Map.of();
  }

  /** Flink has no other way to say "off" than not to set it. */
  private static void turnOff(Configuration options, boolean clusterHasInterval) {
    if (clusterHasInterval) {
      throw new IllegalArgumentException(
          "checkpoints cannot be turned off for key '%s', because the cluster sets it"
              .formatted(INTERVAL.key()));
    }
    options.removeConfig(INTERVAL);
  }

  private static Problem problem(JobDefinition definition, IllegalArgumentException refusal) {
    Matcher key = KEY.matcher(refusal.getMessage());
    return definition.problem(key.find() ? "flink." + key.group(1) : "flink", refusal.getMessage());
  }

  /** The same as text, for a cluster with no options of its own. */
  public static Map<String, String> written(JobDefinition definition) {
    return new TreeMap<>(of(definition, new Configuration()).toMap());
  }
}

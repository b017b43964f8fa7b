package dev.outflow.job;

import dev.outflow.definition.JobDefinition;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.ReadableConfig;

/** Flink's options for a job: the cluster's, then Outflow's defaults, then the definition's. */
public final class JobOptions {
  private static final ConfigOption<Duration> INTERVAL =
      CheckpointingOptions.CHECKPOINTING_INTERVAL;

  /** How often a checkpoint is taken, and so how often exactly-once records become readable. */
  static final Duration CHECKPOINT_INTERVAL = Duration.ofSeconds(10);

  private JobOptions() {}

  /**
   * What to set for the job over what the cluster has.
   *
   * @param cluster the options of the cluster; a checkpoint interval there is left as it is; one of
   *     0 s in the definition turns checkpoints off
   */
  public static Configuration of(JobDefinition definition, ReadableConfig cluster) {
    Configuration options = new Configuration();
    if (cluster.getOptional(INTERVAL).isEmpty()) {
      options.set(INTERVAL, CHECKPOINT_INTERVAL);
    }
    options.addAll(Configuration.fromMap(definition.flink()));
    if (options.getOptional(INTERVAL).filter(Duration::isZero).isPresent()) {
      options.removeConfig(INTERVAL); // Flink has no other way to say "off" than not to set it.
    }
    options.set(PipelineOptions.NAME, definition.name());
    return options;
  }

  /** The same as text, for a cluster with no options of its own. */
  static Map<String, String> written(JobDefinition definition) {
    return new TreeMap<>(of(definition, new Configuration()).toMap());
  }
}

package dev.outflow.job;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.core.fs.Path;

/**
 * Runs {@code flink run outflow.jar --checkpoints}: lists what a job can continue from when its
 * JobManager, which knows its last checkpoint, is gone.
 */
final class ListCheckpoints {
  private static final ConfigOption<String> CHECKPOINTS =
      CheckpointingOptions.CHECKPOINTS_DIRECTORY;
  private static final ConfigOption<String> SAVEPOINTS = CheckpointingOptions.SAVEPOINT_DIRECTORY;

  private ListCheckpoints() {}

  /**
   * Returns the lines to print: retained checkpoints, then savepoints, the newest last.
   *
   * @param job the definition's Flink options, which override the cluster's
   * @throws IllegalArgumentException if neither directory is configured
   * @throws UncheckedIOException if a directory cannot be listed
   */
  static List<String> lines(Map<String, String> job, ReadableConfig cluster) {
    List<String> lines = new ArrayList<>();
    for (ConfigOption<String> option : List.of(CHECKPOINTS, SAVEPOINTS)) {
      directory(option, Configuration.fromMap(job), cluster)
          .ifPresent(directory -> lines.addAll(list(option, directory)));
    }
    if (lines.isEmpty()) {
      throw new IllegalArgumentException(
          "neither '%s' nor '%s' is set, in the definition or in Flink's configuration: checkpoints are kept in the JobManager's memory, and lost with it"
              .formatted(CHECKPOINTS.key(), SAVEPOINTS.key()));
    }
    return lines;
  }

  private static Optional<String> directory(
      ConfigOption<String> option, ReadableConfig job, ReadableConfig cluster) {
    return job.getOptional(option).or(() -> cluster.getOptional(option));
  }

  private static List<String> list(ConfigOption<String> option, String directory) {
    try {
      List<String> found =
          RetainedCheckpoint.list(new Path(directory)).stream()
              .map(RetainedCheckpoint::toString)
              .toList();
      return Stream.concat(
              Stream.of(
                  "%s %s: %s"
                      .formatted(option.key(), directory, found.isEmpty() ? "none" : found.size())),
              found.stream())
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(
          "%s: cannot list %s: %s".formatted(option.key(), directory, e.getMessage()), e);
    }
  }
}

package dev.outflow.capture;

import java.time.Duration;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;

/**
 * The options of {@code 'connector' = 'event-hubs-capture'}, in addition to those of the format and
 * to {@code on-error} and {@code value-reader}.
 */
public final class EventHubsCaptureOptions {
  public static final ConfigOption<String> PATH =
      ConfigOptions.key("path")
          .stringType()
          .noDefaultValue()
          .withDescription(
              "The folder that contains the files, at any depth: a path or a URI of any file system"
                  + " that Flink supports.");

  public static final ConfigOption<Duration> MONITOR_INTERVAL =
      ConfigOptions.key("monitor-interval")
          .durationType()
          .noDefaultValue()
          .withDescription(
              "How often to look for new files; at least 1 s. If not set, the input ends after the"
                  + " files that exist at the start of the job.");

  public static final ConfigOption<String> ARCHIVE_NAME_FORMAT =
      ConfigOptions.key("archive-name-format")
          .stringType()
          .defaultValue(
              "{Namespace}/{EventHub}/{PartitionId}/{Year}/{Month}/{Day}/{Hour}/{Minute}/{Second}")
          .withDescription("The Capture file name format of the event hub.");

  private EventHubsCaptureOptions() {}
}

package dev.outflow.lookup;

import java.time.Duration;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;

/** The options of {@code 'connector' = 'reference-file'}, in addition to {@code format}. */
public final class ReferenceFileOptions {
  public static final ConfigOption<String> PATH =
      ConfigOptions.key("path")
          .stringType()
          .noDefaultValue()
          .withDescription(
              "The file: a path or a URI of any file system that Flink supports. {date} and {time}, as"
                  + " in Azure Stream Analytics' path pattern, select the newest file that is not in"
                  + " the future.");

  public static final ConfigOption<Duration> RELOAD_INTERVAL =
      ConfigOptions.key("reload-interval")
          .durationType()
          .defaultValue(Duration.ofMinutes(1))
          .withDescription(
              "How often to look for a new version of the file; at least 1 s. An unchanged file is not"
                  + " read again.");

  public static final ConfigOption<String> DATE_FORMAT =
      ConfigOptions.key("date-format")
          .stringType()
          .defaultValue("yyyy/MM/dd")
          .withDescription("The format of {date} in UTC, with the letters y, M and d.");

  public static final ConfigOption<String> TIME_FORMAT =
      ConfigOptions.key("time-format")
          .stringType()
          .defaultValue("HH")
          .withDescription("The format of {time} in UTC, with the letters H and m.");

  private ReferenceFileOptions() {}
}

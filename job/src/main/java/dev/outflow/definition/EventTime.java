package dev.outflow.definition;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;
import java.util.Map;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.Configuration;

/**
 * Which column says when a thing happened.
 *
 * @param column a column of type TIMESTAMP or TIMESTAMP_LTZ
 * @param outOfOrder how long to wait for records that are out of order
 */
public record EventTime(String column, Duration outOfOrder) {
  private static final ConfigOption<Duration> OUT_OF_ORDER =
      ConfigOptions.key("out-of-order").durationType().defaultValue(Duration.ZERO);

  /** From the words of job.yaml; durations are written as Flink's: {@code 5 s}, {@code 2 min}. */
  @JsonCreator
  static EventTime of(
      @JsonProperty("column") String column, @JsonProperty("out-of-order") String outOfOrder) {
    Map<String, String> written =
        outOfOrder == null ? Map.of() : Map.of(OUT_OF_ORDER.key(), outOfOrder);
    return new EventTime(column, Configuration.fromMap(written).get(OUT_OF_ORDER));
  }
}

package dev.outflow.local;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.Configuration;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a duration in the format of Flink's options, but never without a unit: {@code 30s}. */
final class DurationConverter implements ITypeConverter<Duration> {
  private static final ConfigOption<Duration> DURATION =
      ConfigOptions.key("duration").durationType().noDefaultValue();

  /** Returns when a period that ends now began; timestamps of records start in 1970. */
  static Instant start(Duration period) {
    Instant start = Instant.now().minus(period);
    return start.isBefore(Instant.EPOCH) ? Instant.EPOCH : start;
  }

  @Override
  public Duration convert(String written) {
    if (written.strip().matches("[+-]?\\d+")) {
      throw new TypeConversionException(
          "'%s' has no unit; write a unit, e.g. %1$ss".formatted(written.strip()));
    }
    try {
      return Configuration.fromMap(Map.of(DURATION.key(), written)).get(DURATION);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(
          "'%s' is not a duration; write e.g. 30s or 2min".formatted(written));
    }
  }
}

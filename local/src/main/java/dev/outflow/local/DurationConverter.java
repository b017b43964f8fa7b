package dev.outflow.local;

import java.time.Duration;
import java.util.Map;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.Configuration;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a time as Flink's options have it: {@code 30s}, {@code 2 min}. */
final class DurationConverter implements ITypeConverter<Duration> {
  private static final ConfigOption<Duration> TIME =
      ConfigOptions.key("time").durationType().noDefaultValue();

  @Override
  public Duration convert(String written) {
    try {
      return Configuration.fromMap(Map.of(TIME.key(), written)).get(TIME);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException("'%s' is no time; write 30s or 2min".formatted(written));
    }
  }
}

package dev.outflow.registry;

import dev.outflow.kafka.error.UnavailableException;
import dev.outflow.option.InvalidOptionsException;
import org.apache.flink.configuration.ConfigOption;

/** A schema registry does not do what it is asked for. */
public class RegistryException extends UnavailableException {
  private final String option;

  RegistryException(ConfigOption<?> option, String message) {
    super(message);
    this.option = option.key();
  }

  /**
   * The same about an option of a table.
   *
   * @param format what the format's options begin with: {@code avro-confluent}
   */
  InvalidOptionsException in(String format) {
    return InvalidOptionsException.of(format + "." + option, getMessage());
  }
}

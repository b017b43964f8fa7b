package dev.outflow.registry;

import dev.outflow.kafka.error.UnavailableException;
import dev.outflow.option.InvalidOptionsException;
import org.apache.flink.configuration.ConfigOption;

/** A request to a schema registry failed. */
class RegistryException extends UnavailableException {
  private final String option;

  RegistryException(ConfigOption<?> option, String message) {
    super(message);
    this.option = option.key();
  }

  /**
   * Converts this to a problem of a table's option.
   *
   * @param format the prefix of the format's options, {@code avro-confluent}
   */
  InvalidOptionsException forFormat(String format) {
    return InvalidOptionsException.of(format + "." + option, getMessage());
  }
}

package dev.outflow.kafka.error;

import java.io.IOException;

/** The header in front of a record's data, such as a schema id, is missing or invalid. */
public final class InvalidHeaderException extends IOException {
  /** Creates the exception; {@code message} must not contain values of the record. */
  public InvalidHeaderException(String message) {
    super(message);
  }
}

package dev.outflow.kafka.error;

import java.io.IOException;

/** What has to stand before a record's data is not there, or leads to nothing. */
public final class InvalidHeaderException extends IOException {
  /** {@code message} holds no value of the record. */
  public InvalidHeaderException(String message) {
    super(message);
  }
}

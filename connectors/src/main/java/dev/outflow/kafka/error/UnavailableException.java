package dev.outflow.kafka.error;

/**
 * A service that is needed to read or write records is unavailable. The record itself may be valid,
 * so it is retried, regardless of {@code on-error}.
 */
public abstract class UnavailableException extends RuntimeException {
  protected UnavailableException(String message) {
    super(message);
  }
}

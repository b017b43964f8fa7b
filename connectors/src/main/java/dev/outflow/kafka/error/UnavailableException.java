package dev.outflow.kafka.error;

/**
 * What is needed to read or write a record does not answer. The record may be as good as any: it is
 * tried again, whatever {@code on-error} says.
 */
public abstract class UnavailableException extends RuntimeException {
  protected UnavailableException(String message) {
    super(message);
  }
}

package dev.outflow.secret;

import org.apache.kafka.common.KafkaException;

/**
 * A secret that cannot be had or cannot be used. The message says which one, why and what to do; it
 * never holds any part of the secret. Kafka's clients hand it on unchanged.
 */
public final class SecretException extends KafkaException {
  private static final long serialVersionUID = 1;

  private final String property;

  public SecretException(String message) {
    this("", message);
  }

  /**
   * @param property the property that asks for the secret, as the user wrote it
   */
  public SecretException(String property, String message) {
    super(message);
    this.property = property;
  }

  /** The same about {@code property}, unless it is already known which one it is about. */
  public SecretException about(String asking) {
    return property.isEmpty() ? new SecretException(asking, super.getMessage()) : this;
  }

  /** The property that asks for the secret; empty if that is not known. */
  public String property() {
    return property;
  }

  /** What is wrong and what to do, without the property. */
  public String explanation() {
    return super.getMessage();
  }

  @Override
  public String getMessage() {
    return property.isEmpty() ? super.getMessage() : property + ": " + super.getMessage();
  }
}

package dev.outflow.secret;

import org.apache.kafka.common.KafkaException;

/**
 * A secret that cannot be read or used. The message names the property, the reason and the remedy;
 * it never contains any part of the secret. Kafka's clients pass it on unchanged.
 */
public final class SecretException extends KafkaException {
  private static final long serialVersionUID = 1;

  private final String property;

  public SecretException(String message) {
    this("", message);
  }

  /**
   * @param property the property that needs the secret, without the prefix {@code outflow.}
   */
  public SecretException(String property, String message) {
    super(message);
    this.property = property;
  }

  /** Returns this exception about {@code property}, unless it already names one. */
  public SecretException forProperty(String property) {
    return this.property.isEmpty() ? new SecretException(property, super.getMessage()) : this;
  }

  /** Returns the property that needs the secret; empty if it is unknown. */
  public String property() {
    return property;
  }

  /** Returns the reason and the remedy, without the property. */
  public String explanation() {
    return super.getMessage();
  }

  @Override
  public String getMessage() {
    return property.isEmpty() ? super.getMessage() : property + ": " + super.getMessage();
  }
}

package dev.outflow.kafka.header;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** How the text of headers is encoded. */
public enum HeaderEncoding {
  /** As Kafka's clients do by convention; bytes that are not UTF-8 become U+FFFD. */
  UTF_8("utf-8") {
    @Override
    public String decode(byte[] value) {
      return new String(value, StandardCharsets.UTF_8);
    }
  },
  /**
   * The type system of AMQP 1.0, in which Event Hubs stores the properties of AMQP senders. Bytes
   * that are not exactly one such value are read as UTF-8, like those of a Kafka client.
   */
  AMQP("amqp") {
    @Override
    public String decode(byte[] value) {
      Optional<AmqpValue> typed = AmqpValue.find(value);
      return typed.isPresent() ? typed.get().text() : UTF_8.decode(value);
    }
  };

  private final String value;

  HeaderEncoding(String value) {
    this.value = value;
  }

  /** Returns the text of a header's value; null for AMQP's null. */
  public abstract String decode(byte[] value);

  @Override
  public String toString() {
    return value;
  }
}

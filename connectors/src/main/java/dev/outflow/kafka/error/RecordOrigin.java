package dev.outflow.kafka.error;

import java.io.Serializable;

/** The position in Kafka that a record was read from. */
public record RecordOrigin(String topic, int partition, long offset) implements Serializable {
  @Override
  public String toString() {
    return "topic '%s', partition %d, offset %d".formatted(topic, partition, offset);
  }
}

package dev.outflow.kafka.error;

import java.io.Serializable;

/** Where a record was read: its coordinates in Kafka. */
public record RecordOrigin(String topic, int partition, long offset) implements Serializable {
  @Override
  public String toString() {
    return "topic '%s', partition %d, offset %d".formatted(topic, partition, offset);
  }
}

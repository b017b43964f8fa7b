package dev.outflow.kafka.error;

import java.io.Serializable;

/** Where a record was read: its coordinates in Kafka. */
public record Origin(String topic, int partition, long offset) implements Serializable {
  @Override
  public String toString() {
    return "topic '%s', partition %d, offset %d".formatted(topic, partition, offset);
  }
}

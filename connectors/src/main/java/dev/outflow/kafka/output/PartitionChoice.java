package dev.outflow.kafka.output;

/** Chooses partitions by a {@link PartitionStrategy} within one subtask; not thread-safe. */
@FunctionalInterface
interface PartitionChoice {
  /** Leaves the choice to Kafka's producer. */
  PartitionChoice LEFT_TO_PRODUCER = (key, partitions) -> null;

  /**
   * Returns the partition for the next record, or null to leave the choice to the producer.
   *
   * @param key the record's key, or null
   * @param partitions called only if needed: the first call sends a request
   */
  Integer choose(byte[] key, Partitions partitions);

  /** Counts the topic's partitions. */
  @FunctionalInterface
  interface Partitions {
    int count();
  }
}

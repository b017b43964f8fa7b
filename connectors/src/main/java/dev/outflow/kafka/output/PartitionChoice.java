package dev.outflow.kafka.output;

/**
 * The choices of a {@link PartitionStrategy} within one parallel task; not shared between threads.
 */
@FunctionalInterface
interface PartitionChoice {
  /** Kafka's producer chooses, by the key or without it. */
  PartitionChoice LEFT_TO_PRODUCER = (key, partitions) -> null;

  /**
   * The partition for the next record, or null to leave it to the producer.
   *
   * @param key the record's key, or null
   * @param partitions asked only by those who need the answer: the first one costs a request
   */
  Integer choose(byte[] key, Partitions partitions);

  /** How many partitions the topic has. */
  @FunctionalInterface
  interface Partitions {
    int count();
  }
}

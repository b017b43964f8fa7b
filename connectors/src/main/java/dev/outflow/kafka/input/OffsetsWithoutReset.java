package dev.outflow.kafka.input;

import java.util.Collection;
import java.util.Map;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;
import org.apache.kafka.common.TopicPartition;

/**
 * Start offsets for a consumer that throws an exception if an offset does not exist. Flink's
 * initializers imply a reset to the first or last record.
 */
record OffsetsWithoutReset(OffsetsInitializer offsets) implements OffsetsInitializer {
  @Override
  public Map<TopicPartition, Long> getPartitionOffsets(
      Collection<TopicPartition> partitions, PartitionOffsetsRetriever retriever) {
    return offsets.getPartitionOffsets(partitions, retriever);
  }

  /** {@inheritDoc} Flink overrides {@code auto.offset.reset} with it. */
  @Override
  @SuppressWarnings("deprecation") // Flink's method requires Kafka's deprecated enum.
  public OffsetResetStrategy getAutoOffsetResetStrategy() {
    return OffsetResetStrategy.NONE;
  }
}

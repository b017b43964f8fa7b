package dev.outflow.kafka.silence;

import java.util.Collection;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/** What a {@link SilenceProbe} asks the leaders of partitions. */
interface PartitionEnds extends AutoCloseable {

  /** What there is to read between two offsets. */
  enum Content {
    /** Only markers of transactions, records of aborted ones, or what was compacted or deleted. */
    NOTHING,
    RECORDS,
    /** Records of an open transaction, which may be committed or aborted. */
    UNDECIDED
  }

  /**
   * Returns the offset after the last record of each partition, including those of open
   * transactions.
   *
   * @throws RuntimeException if the leader of any of them does not answer
   */
  Map<TopicPartition, Long> ends(Collection<TopicPartition> partitions);

  /**
   * Returns what the source will find between two offsets.
   *
   * @param from an offset, or one of Flink's markers for a start
   * @param to the end
   * @throws RuntimeException if the leader does not answer
   */
  Content between(TopicPartition partition, long from, long to);

  @Override
  void close();
}

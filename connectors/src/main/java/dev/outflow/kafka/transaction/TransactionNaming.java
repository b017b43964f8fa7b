package dev.outflow.kafka.transaction;

import org.apache.flink.connector.kafka.sink.TransactionNamingStrategy;

/** Numbers an output's transactional ids, which end in subtask and this number. */
public enum TransactionNaming {
  /**
   * A new id for each checkpoint; the broker removes it after {@code
   * transactional.id.expiration.ms}.
   */
  INCREMENTING("incrementing", TransactionNamingStrategy.INCREMENTING),
  /** A few reused ids; requires Kafka 3.0 or later and READ on the topic. */
  POOLING("pooling", TransactionNamingStrategy.POOLING);

  private final String option;
  private final TransactionNamingStrategy flink;

  TransactionNaming(String option, TransactionNamingStrategy flink) {
    this.option = option;
    this.flink = flink;
  }

  TransactionNamingStrategy flink() {
    return flink;
  }

  @Override
  public String toString() {
    return option;
  }
}

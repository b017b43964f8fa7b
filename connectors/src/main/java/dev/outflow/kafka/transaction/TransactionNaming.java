package dev.outflow.kafka.transaction;

import org.apache.flink.connector.kafka.sink.TransactionNamingStrategy;

/** How an output's transactional ids are numbered; they end in subtask and this number. */
public enum TransactionNaming {
  /**
   * A new id with each checkpoint; the broker forgets it after {@code
   * transactional.id.expiration.ms}.
   */
  INCREMENTING("incrementing", TransactionNamingStrategy.INCREMENTING),
  /** A few ids that are used again; the broker must be 3.0 or newer and let the topic be read. */
  POOLING("pooling", TransactionNamingStrategy.POOLING);

  private final String written;
  private final TransactionNamingStrategy flink;

  TransactionNaming(String written, TransactionNamingStrategy flink) {
    this.written = written;
    this.flink = flink;
  }

  TransactionNamingStrategy flink() {
    return flink;
  }

  @Override
  public String toString() {
    return written;
  }
}

package dev.outflow.kafka.transaction;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.RecordMetadata;

/**
 * Tracks the records of a writer's current transaction. The producer's thread passes each record
 * that the broker acknowledged; the task's thread completes the transaction after a flush.
 */
final class TransactionTracker implements Consumer<RecordMetadata> {
  private final String clusterId;
  private final String bootstrapServers;
  private final Clock clock;
  private final AtomicLong records = new AtomicLong();
  private volatile RecordMetadata last;
  private volatile Instant begin;
  private long checkpoint;

  /** {@code checkpoint} is the restored one, or 0. */
  TransactionTracker(String clusterId, String bootstrapServers, long checkpoint, Clock clock) {
    this.clusterId = clusterId;
    this.bootstrapServers = bootstrapServers;
    this.checkpoint = checkpoint;
    this.clock = clock;
    this.begin = clock.instant();
  }

  @Override
  public void accept(RecordMetadata record) {
    if (record.hasOffset()) {
      records.incrementAndGet();
      last = record;
    }
  }

  /** How long the current transaction has been open; zero without records. */
  Duration age() {
    return records.get() == 0 ? Duration.ZERO : Duration.between(begin, clock.instant());
  }

  /** Completes the current transaction, which must contain a record, and returns its origin. */
  TransactionOrigin complete() {
    return new TransactionOrigin(
        clusterId,
        bootstrapServers,
        checkpoint + 1,
        begin,
        clock.instant(),
        records.getAndSet(0),
        last.topic(),
        last.partition(),
        last.offset());
  }

  /** Begins the next transaction: the checkpoint contains all records written before. */
  void beginAfter(long checkpointId) {
    checkpoint = checkpointId;
    begin = clock.instant();
  }
}

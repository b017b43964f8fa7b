package dev.outflow.kafka.transaction;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.RecordMetadata;

/**
 * Follows what a writer's current transaction holds. The producer's thread tells of each record
 * that the broker has; the task's thread asks when all have been told, after a flush.
 */
final class TransactionRecorder implements Consumer<RecordMetadata> {
  private final String clusterId;
  private final String bootstrapServers;
  private final Clock clock;
  private final AtomicLong records = new AtomicLong();
  private volatile RecordMetadata last;
  private volatile Instant begin;
  private long checkpoint;

  /** {@code checkpoint} is the one from which the job goes on. */
  TransactionRecorder(String clusterId, String bootstrapServers, long checkpoint, Clock clock) {
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

  /** How long the current transaction is open by now; zero as long as it has no record. */
  Duration age() {
    return records.get() == 0 ? Duration.ZERO : Duration.between(begin, clock.instant());
  }

  /** The trace of the transaction that is complete now; there must be a record in it. */
  TransactionOrigin end() {
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

  /** A checkpoint holds all that was written before; what follows is the next transaction's. */
  void checkpoint(long id) {
    checkpoint = id;
    begin = clock.instant();
  }
}

package dev.outflow.kafka.transaction;

import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.connector.sink2.CommittingSinkWriter;
import org.apache.flink.api.connector.sink2.StatefulSinkWriter;
import org.apache.flink.connector.kafka.sink.KafkaCommittable;
import org.apache.flink.connector.kafka.sink.KafkaWriterState;
import org.apache.flink.metrics.Histogram;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes with KafkaSink's writer and adds its origin to each transaction passed to the committer.
 *
 * @param <T> the type of records
 */
final class LossDetectingWriter<T>
    implements StatefulSinkWriter<T, KafkaWriterState>,
        CommittingSinkWriter<T, CommittableWithOrigin> {
  private static final Logger LOG = LoggerFactory.getLogger(LossDetectingWriter.class);

  /** How many records after a flush, which each checkpoint begins with, are all measured. */
  private static final int ALL_MEASURED = SlidingWindowHistogram.SIZE;

  /** Of the records that follow, one of so many is measured. */
  private static final int ONE_OF = 16;

  private final StatefulSinkWriter<T, KafkaWriterState> kafka;
  private final Optional<TransactionTracker> tracker;
  private final WriteFailures failures;
  private final Histogram latency;
  private long sinceFlush;

  /**
   * Creates a writer, which without a tracker does not write in transactions.
   *
   * @param latency records the age of records, in ms of event time, when they are passed to Kafka's
   *     producer
   */
  LossDetectingWriter(
      StatefulSinkWriter<T, KafkaWriterState> kafka,
      Optional<TransactionTracker> tracker,
      WriteFailures failures,
      Histogram latency) {
    this.kafka = kafka;
    this.tracker = tracker;
    this.failures = failures;
    this.latency = latency;
  }

  @Override
  public void write(T element, Context context) throws IOException, InterruptedException {
    try {
      kafka.write(element, context);
    } catch (IOException e) {
      throw failures.explain(e);
    }
    if (isMeasured(sinceFlush++)) {
      measure(eventTime(context));
    }
  }

  /** Reading the clock for every record of a fast job would take more time than this check. */
  private static boolean isMeasured(long record) {
    return record < ALL_MEASURED || record % ONE_OF == 0;
  }

  private void measure(long eventTime) {
    if (eventTime != Long.MIN_VALUE && eventTime != Long.MAX_VALUE) {
      latency.update(System.currentTimeMillis() - eventTime);
    }
  }

  /** Returns the record's timestamp, or else the watermark, e.g. the one that closed its window. */
  private static long eventTime(Context context) {
    Long timestamp = context.timestamp();
    return timestamp == null ? context.currentWatermark() : timestamp;
  }

  @Override
  public void flush(boolean endOfInput) throws IOException, InterruptedException {
    sinceFlush = 0;
    try {
      kafka.flush(endOfInput);
    } catch (IOException e) {
      throw failures.explain(e);
    }
  }

  @Override
  public void writeWatermark(Watermark watermark) throws IOException, InterruptedException {
    kafka.writeWatermark(watermark);
  }

  /** {@inheritDoc} Flink has flushed before, so the tracker has seen all records. */
  @Override
  @SuppressWarnings("unchecked") // KafkaSink's writer implements both.
  public Collection<CommittableWithOrigin> prepareCommit()
      throws IOException, InterruptedException {
    return ((CommittingSinkWriter<T, KafkaCommittable>) kafka)
        .prepareCommit().stream()
            .map(
                committable ->
                    new CommittableWithOrigin(committable, tracker.orElseThrow().complete()))
            .toList();
  }

  @Override
  public List<KafkaWriterState> snapshotState(long checkpoint) throws IOException {
    tracker.ifPresent(transaction -> transaction.beginAfter(checkpoint));
    return kafka.snapshotState(checkpoint);
  }

  /**
   * {@inheritDoc}
   *
   * <p>Ignores records that could not be written: they belong to no checkpoint, and a task that
   * finishes normally has flushed before. KafkaSink's writer throws for them, and Flink then kills
   * the TaskManager if the task is already failing.
   */
  @Override
  public void close() {
    try {
      kafka.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Exception e) {
      LOG.warn("Closing the Kafka writer failed", e);
    }
  }
}

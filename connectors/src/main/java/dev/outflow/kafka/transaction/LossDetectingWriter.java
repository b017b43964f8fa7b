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
 * KafkaSink's writer; each transaction that it hands to the committer carries its trace.
 *
 * @param <T> what is written
 */
final class LossDetectingWriter<T>
    implements StatefulSinkWriter<T, KafkaWriterState>,
        CommittingSinkWriter<T, CommittableWithOrigin> {
  private static final Logger LOG = LoggerFactory.getLogger(LossDetectingWriter.class);

  private final StatefulSinkWriter<T, KafkaWriterState> kafka;
  private final Optional<TransactionRecorder> recorder;
  private final Histogram latency;

  /**
   * Without a recorder it writes without transactions.
   *
   * @param latency is told in milliseconds how old each record is when it is handed to Kafka's
   *     producer, as far as there is event time
   */
  LossDetectingWriter(
      StatefulSinkWriter<T, KafkaWriterState> kafka,
      Optional<TransactionRecorder> recorder,
      Histogram latency) {
    this.kafka = kafka;
    this.recorder = recorder;
    this.latency = latency;
  }

  @Override
  public void write(T element, Context context) throws IOException, InterruptedException {
    kafka.write(element, context);
    long eventTime = eventTime(context);
    if (eventTime != Long.MIN_VALUE && eventTime != Long.MAX_VALUE) {
      latency.update(System.currentTimeMillis() - eventTime);
    }
  }

  /** The record's own, or the watermark, by which for example its window was closed. */
  private static long eventTime(Context context) {
    Long own = context.timestamp();
    return own == null ? context.currentWatermark() : own;
  }

  @Override
  public void flush(boolean endOfInput) throws IOException, InterruptedException {
    kafka.flush(endOfInput);
  }

  @Override
  public void writeWatermark(Watermark watermark) throws IOException, InterruptedException {
    kafka.writeWatermark(watermark);
  }

  /** {@inheritDoc} Flink has flushed before, so that the recorder knows of all records. */
  @Override
  @SuppressWarnings("unchecked") // The writer of KafkaSink is both.
  public Collection<CommittableWithOrigin> prepareCommit()
      throws IOException, InterruptedException {
    return ((CommittingSinkWriter<T, KafkaCommittable>) kafka)
        .prepareCommit().stream()
            .map(it -> new CommittableWithOrigin(it, recorder.orElseThrow().end()))
            .toList();
  }

  @Override
  public List<KafkaWriterState> snapshotState(long checkpoint) throws IOException {
    recorder.ifPresent(it -> it.checkpoint(checkpoint));
    return kafka.snapshotState(checkpoint);
  }

  /**
   * {@inheritDoc}
   *
   * <p>A record that could not be written is no failure any more: it belongs to no checkpoint, and
   * a task that ends well has flushed before. KafkaSink's writer throws nevertheless, for which
   * Flink ends the whole TaskManager if the task is failing already.
   */
  @Override
  public void close() {
    try {
      kafka.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Exception e) {
      LOG.warn("The writer to Kafka was closed after a failure", e);
    }
  }
}

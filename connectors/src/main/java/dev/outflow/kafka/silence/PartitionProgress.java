package dev.outflow.kafka.silence;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.record.TimestampType;

/**
 * How far one partition has been read, and until when its leader has confirmed that nothing is
 * left. The task's thread reports records; a {@link SilenceProbe} reports confirmations.
 *
 * <p>All times are ms since the epoch.
 */
final class PartitionProgress {
  /** No time yet. */
  static final long NONE = Long.MIN_VALUE;

  /** How far the clock of this machine may be ahead of a broker's, in ms. */
  static final long CLOCK_TOLERANCE = 1000;

  private final TopicPartition partition;
  private final long start;

  private volatile long next;
  private volatile long emittedAt;
  private volatile long silentUntil = NONE;
  private volatile long confirmedAt = NONE;
  private volatile long firstEnd = NONE;
  private volatile boolean confirmed;

  /**
   * How far arrival times are behind this machine's clock; used by the task's thread and the probe.
   */
  private volatile long delay = CLOCK_TOLERANCE;

  private long watermark = NONE;

  /**
   * @param start the offset of the first record to read, or one of Flink's markers below 0
   * @param now when the partition was assigned
   */
  PartitionProgress(TopicPartition partition, long start, long now) {
    this.partition = partition;
    this.start = start;
    this.next = start;
    this.emittedAt = now;
  }

  TopicPartition partition() {
    return partition;
  }

  /** Returns the offset after the last record passed on; the start if there is none. */
  long next() {
    return next;
  }

  /** Returns whether no record was passed on yet. */
  boolean isUnread() {
    return next == start;
  }

  /** Returns when the last record was passed on. */
  long emittedAt() {
    return emittedAt;
  }

  /**
   * Returns a time that the arrival of every later record has at least: later records are appended
   * after the latest confirmation. {@link #NONE} before the first.
   */
  long silentUntil() {
    return silentUntil;
  }

  /** Returns whether the latest answer of the leader was that nothing is left to read. */
  boolean isConfirmed() {
    return confirmed;
  }

  /** Reports that it is unknown whether anything is left to read. */
  void unconfirmed() {
    confirmed = false;
  }

  /** Reports that a record was passed on to the watermark generator. */
  void emitted(ConsumerRecord<?, ?> record, long now) {
    if (record.timestampType() == TimestampType.LOG_APPEND_TIME) {
      // Appended after the confirmation: an earlier timestamp shows that the broker's clock is
      // behind.
      if (confirmedAt != NONE && record.timestamp() < confirmedAt - delay) {
        delay = confirmedAt - record.timestamp();
      }
    } else if (firstEnd != NONE && record.offset() >= firstEnd) {
      delay = Math.max(CLOCK_TOLERANCE, now - record.timestamp());
    }
    confirmed = false;
    emittedAt = now;
    next = record.offset() + 1;
  }

  /** Reports the end of the partition when it was read for the first time. */
  void startedWithEnd(long end) {
    if (firstEnd == NONE) {
      firstEnd = end;
    }
  }

  /** Reports that at {@code time}, every record in the partition had been passed on. */
  void confirmSilence(long time) {
    confirmed = true;
    confirmedAt = Math.max(confirmedAt, time);
    silentUntil = Math.max(silentUntil, time - delay);
  }

  /** Returns the partition's watermark, which also covers its silence. */
  long watermark(long distance) {
    return silentUntil == NONE ? watermark : Math.max(watermark, silentUntil - distance - 1);
  }

  /** Reports the watermark of the partition's records. */
  void advanceWatermark(long time) {
    watermark = Math.max(watermark, time);
  }
}

package dev.outflow.kafka.output;

import dev.outflow.kafka.error.DeadLetter;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Creates dead letters that their topic accepts: truncates values that are too large, and drops
 * timestamps that the broker would reject.
 *
 * @param limits the records it accepts
 */
record DeadLetterTopic(String name, RecordLimits limits) {
  /** The space in bytes for the header of a truncated value. */
  private static final int TRUNCATION_HEADER = 64;

  /**
   * Creates a dead letter.
   *
   * @param time in ms; null for the time of sending
   * @param key dropped if it takes more than half of the available size; may be null
   */
  ProducerRecord<byte[], byte[]> record(DeadLetter letter, Long time, byte[] key, byte[] value) {
    Long timestamp = limits.timestamps().accepted(time);
    ProducerRecord<byte[], byte[]> whole =
        letter.toRecord(name, timestamp, key, value, Integer.MAX_VALUE);
    if (limits.problem(whole).isEmpty()) {
      return whole;
    }
    long remaining = remaining(letter.toRecord(name, timestamp, null, null, 0));
    byte[] keptKey = key == null || key.length > remaining / 2 ? null : key;
    return letter.toRecord(
        name,
        timestamp,
        keptKey,
        value,
        (int) remaining(letter.toRecord(name, timestamp, keptKey, null, 0)));
  }

  private long remaining(ProducerRecord<byte[], byte[]> empty) {
    return Math.max(0, limits.remaining(empty) - TRUNCATION_HEADER);
  }
}

package dev.outflow.kafka.output;

import dev.outflow.kafka.error.DeadLetter;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Makes dead letters that their topic is sure to take: a value that is too large is cut, and a
 * timestamp left out that it would refuse.
 *
 * @param limits which records it takes
 */
record DeadLetterTopic(String name, RecordLimits limits) {
  /** What the mark of a cut value takes. */
  private static final int MARK = 64;

  /**
   * The record for Kafka.
   *
   * @param time in ms; null for the time of sending
   * @param key left out if it alone is too large; may be null
   */
  ProducerRecord<byte[], byte[]> record(DeadLetter letter, Long time, byte[] key, byte[] value) {
    Long timestamp = limits.times().accepted(time);
    ProducerRecord<byte[], byte[]> whole =
        letter.to(name, timestamp, key, value, Integer.MAX_VALUE);
    if (limits.problem(whole).isEmpty()) {
      return whole;
    }
    long room = room(letter.to(name, timestamp, null, null, 0));
    byte[] kept = key == null || key.length > room / 2 ? null : key;
    return letter.to(
        name, timestamp, kept, value, (int) room(letter.to(name, timestamp, kept, null, 0)));
  }

  private long room(ProducerRecord<byte[], byte[]> empty) {
    return Math.max(0, limits.room(empty) - MARK);
  }
}

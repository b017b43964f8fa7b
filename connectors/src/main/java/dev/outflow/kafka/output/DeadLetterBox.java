package dev.outflow.kafka.output;

import dev.outflow.kafka.error.DeadLetter;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Where dead letters are put: as they are if the topic takes them so, else cut.
 *
 * @param limits of the topic, and of the producer that writes to it
 */
record DeadLetterBox(String topic, RecordLimits limits) {
  /** What the mark of a cut value takes, in bytes. */
  private static final int MARK = 64;

  /**
   * The record for Kafka. A key that would take half of the room is left out.
   *
   * @param timestamp the bad record's own, in ms; null for the time of sending
   */
  ProducerRecord<byte[], byte[]> record(
      DeadLetter letter, Long timestamp, byte[] key, byte[] value) {
    ProducerRecord<byte[], byte[]> whole =
        letter.to(topic, timestamp, key, value, Integer.MAX_VALUE);
    if (limits.problem(whole).isEmpty()) {
      return whole;
    }
    byte[] kept = key == null || key.length > room(letter, timestamp, null) / 2 ? null : key;
    return letter.to(topic, timestamp, kept, value, room(letter, timestamp, kept));
  }

  private int room(DeadLetter letter, Long timestamp, byte[] key) {
    long room = limits.room(letter.to(topic, timestamp, key, null, 0)) - MARK;
    return (int) Math.max(0, Math.min(room, Integer.MAX_VALUE));
  }
}

package dev.outflow.kafka.output;

import dev.outflow.kafka.error.DeadLetter;
import dev.outflow.kafka.error.ErrorReporter;
import dev.outflow.kafka.error.OnError;
import dev.outflow.kafka.error.RecordProblem;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.apache.flink.table.data.RowData;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * What becomes of the rows of one parallel task that Kafka does not take.
 *
 * @param report tells of each
 * @param deadLetters null if there are none
 * @param subtask numbered from 0
 */
record BadRowHandler(
    BadRowContext errors,
    ErrorReporter report,
    DeadLetterTopic deadLetters,
    int subtask,
    Clock clock) {

  /**
   * The record to write instead; null for none.
   *
   * @param eventTime in ms; null if the row has none
   * @param key null if it has none or none could be written
   * @throws dev.outflow.kafka.error.BadRecordException if the job has to end
   */
  ProducerRecord<byte[], byte[]> instead(
      RecordProblem problem, RowData row, Long eventTime, byte[] key) {
    report.tell(
        problem,
        eventTime == null
            ? "subtask %d".formatted(subtask)
            : "subtask %d, event time %s".formatted(subtask, Instant.ofEpochMilli(eventTime)));
    return errors.policy().onError() == OnError.DEAD_LETTER
        ? deadLetter(problem, row, eventTime, key)
        : null;
  }

  private ProducerRecord<byte[], byte[]> deadLetter(
      RecordProblem problem, RowData row, Long eventTime, byte[] key) {
    DeadLetter letter =
        new DeadLetter(errors.job(), errors.alias(), problem, Optional.empty(), clock.instant());
    return deadLetters.record(letter, eventTime, key, errors.json().serialize(row));
  }
}

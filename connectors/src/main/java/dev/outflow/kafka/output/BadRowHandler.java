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
 * Handles the rows of one subtask that cannot be written to Kafka.
 *
 * @param reporter reports each
 * @param deadLetters null if bad rows are not kept
 * @param subtask its index, from 0
 */
record BadRowHandler(
    BadRowContext context,
    ErrorReporter reporter,
    DeadLetterTopic deadLetters,
    int subtask,
    Clock clock) {

  /**
   * Reports a row and returns the record to write in its place, or null for none.
   *
   * @param eventTime in ms; null if the row has none
   * @param key null if the row has none or it could not be serialized
   * @throws dev.outflow.kafka.error.BadRecordException if bad rows fail the job
   */
  ProducerRecord<byte[], byte[]> handle(
      RecordProblem problem, RowData row, Long eventTime, byte[] key) {
    reporter.report(
        problem,
        eventTime == null
            ? "subtask %d".formatted(subtask)
            : "subtask %d, event time %s".formatted(subtask, Instant.ofEpochMilli(eventTime)));
    return context.policy().onError() == OnError.DEAD_LETTER
        ? deadLetter(problem, row, eventTime, key)
        : null;
  }

  private ProducerRecord<byte[], byte[]> deadLetter(
      RecordProblem problem, RowData row, Long eventTime, byte[] key) {
    DeadLetter letter =
        new DeadLetter(context.job(), context.alias(), problem, Optional.empty(), clock.instant());
    return deadLetters.record(letter, eventTime, key, context.json().serialize(row));
  }
}

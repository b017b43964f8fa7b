package dev.outflow.kafka.error;

import java.util.Locale;

/** How to handle a record that can never be processed: the option {@code on-error}. */
public enum OnError {
  /** Fails the job, naming the record, which is read again at the next start. */
  FAIL,
  /** Counts and skips the record: Azure Stream Analytics' "Drop". */
  DROP,
  /** Writes it to {@code dead-letter-topic}, with the same delivery guarantee as other records. */
  DEAD_LETTER;

  /** Returns the value as in options: {@code dead-letter}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}

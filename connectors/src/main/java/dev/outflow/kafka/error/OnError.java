package dev.outflow.kafka.error;

import java.util.Locale;

/** What becomes of a record that can never be read or written, however often it is tried. */
public enum OnError {
  /** The job ends and says which record it is; it is read again at the next start. */
  FAIL,
  /** It is counted and left out: Azure Stream Analytics' "Drop". */
  DROP,
  /** It is written to {@code dead-letter-topic}, exactly once if everything else is. */
  DEAD_LETTER;

  /** As written in options: {@code dead-letter}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}

package dev.outflow.kafka.option;

import java.util.Locale;

/** How the records of a topic relate to the rows of its table. */
public enum TableMode {
  /** Each record is a row of its own. */
  APPEND,
  /** A record is the current row of its key, and a tombstone deletes the row. */
  UPSERT;

  /** The option's value, e.g. {@code upsert}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}

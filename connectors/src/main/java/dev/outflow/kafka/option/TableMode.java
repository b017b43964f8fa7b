package dev.outflow.kafka.option;

import java.util.Locale;

/** Whether records of a topic are rows of their own, or changes of rows by their keys. */
public enum TableMode {
  /** Each record is a new row. */
  APPEND,
  /** A record is the current row of its key, and a record without a value deletes it. */
  UPSERT;

  /** Returns the value as in options: {@code upsert}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}

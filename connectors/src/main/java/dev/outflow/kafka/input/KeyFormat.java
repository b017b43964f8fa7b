package dev.outflow.kafka.input;

import java.util.Locale;

/** How the key of a record contains the primary key of an upsert input. */
public enum KeyFormat {
  /** The value of one column, as outputs write a {@code partition-key} of one column. */
  TEXT,
  /** An object with a field for each column, as outputs write several columns. */
  JSON;

  /** The option's value, e.g. {@code json}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}

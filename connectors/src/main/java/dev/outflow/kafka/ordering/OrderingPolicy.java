package dev.outflow.kafka.ordering;

import java.util.Locale;

/** Handles events outside the bounds, as in Azure Stream Analytics. */
public enum OrderingPolicy {
  /** Sets the event time to the nearest time within the bounds. */
  ADJUST,
  /** Drops the record. */
  DROP;

  /** The option's value, e.g. {@code adjust}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}

package dev.outflow.kafka.ordering;

import java.util.Locale;

/** What becomes of a record whose time is not within the bounds, as in Azure Stream Analytics. */
public enum OrderingPolicy {
  /** It gets the nearest time that is. */
  ADJUST,
  /** It is left out. */
  DROP;

  /** As written in options: {@code adjust}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}

package dev.outflow.kafka.ordering;

import java.io.Serializable;
import java.time.Duration;
import java.util.Optional;

/**
 * What a table's options say about its event time.
 *
 * @param written how records are ordered; null if nothing is said about it
 * @param idleAfter how long a partition without records holds time back; null for ever
 */
public record EventTimeSettings(EventOrdering written, Duration idleAfter) implements Serializable {
  private static final EventOrdering DEFAULT =
      new EventOrdering(
          EventTimeOptions.LATE.defaultValue(),
          EventTimeOptions.OUT_OF_ORDER.defaultValue(),
          EventTimeOptions.POLICY.defaultValue());

  /** How records are ordered in a table whose watermark is {@code SOURCE_WATERMARK()}. */
  public EventOrdering ordering() {
    return Optional.ofNullable(written).orElse(DEFAULT);
  }
}

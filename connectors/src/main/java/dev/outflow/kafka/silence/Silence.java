package dev.outflow.kafka.silence;

import java.io.Serializable;
import java.time.Duration;

/**
 * How silent partitions are treated.
 *
 * @param distance how far the time of a silent partition stays behind the clock; null if it does
 *     not advance
 * @param idleAfter how long a partition without records, which cannot be confirmed to be silent,
 *     holds back the watermark; null for no limit
 */
public record Silence(Duration distance, Duration idleAfter) implements Serializable {

  /** Returns whether the time of silent partitions advances. */
  public boolean advances() {
    return distance != null;
  }
}

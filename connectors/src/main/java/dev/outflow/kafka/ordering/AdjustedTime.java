package dev.outflow.kafka.ordering;

import dev.outflow.kafka.error.ErrorCode;
import java.util.Optional;

/**
 * The event time of a record after the ordering policy was applied.
 *
 * @param time in ms since the epoch
 * @param reason why it differs from the record's own time; empty if it does not
 */
record AdjustedTime(long time, Optional<ErrorCode> reason) {
  static AdjustedTime unchanged(long time) {
    return new AdjustedTime(time, Optional.empty());
  }

  static AdjustedTime adjusted(long time, ErrorCode reason) {
    return new AdjustedTime(time, Optional.of(reason));
  }
}

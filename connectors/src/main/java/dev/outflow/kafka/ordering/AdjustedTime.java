package dev.outflow.kafka.ordering;

import dev.outflow.kafka.error.ErrorCode;
import java.util.Optional;

/**
 * When an event counts as having happened.
 *
 * @param time in ms since 1970
 * @param deviation why that is not the event's own time; empty if it is
 */
record AdjustedTime(long time, Optional<ErrorCode> deviation) {
  static AdjustedTime asItIs(long time) {
    return new AdjustedTime(time, Optional.empty());
  }

  static AdjustedTime because(ErrorCode code, long time) {
    return new AdjustedTime(time, Optional.of(code));
  }
}

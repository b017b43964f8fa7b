package dev.outflow.kafka.ordering;

import dev.outflow.kafka.error.ErrorCode;
import java.util.Optional;

/**
 * When an event counts as having happened.
 *
 * @param time in ms since 1970
 * @param deviation why that is not the event's own time; empty if it is
 */
record Placed(long time, Optional<ErrorCode> deviation) {
  static Placed asItIs(long time) {
    return new Placed(time, Optional.empty());
  }

  static Placed because(ErrorCode code, long time) {
    return new Placed(time, Optional.of(code));
  }
}

package dev.outflow.kafka.retention;

import java.util.Optional;
import org.apache.kafka.common.Uuid;

/** Whether a topic is still the same, or still missing, while a job is running. */
final class TopicIdentity {
  /** A broker that has just started may not know a topic yet. */
  private static final int MISSING_LIMIT = 2;

  private final boolean optional;
  private Uuid known = Uuid.ZERO_UUID;
  private int missing;
  private boolean found;

  /** {@code optional} tells whether its readers leave it out while it is missing at the start. */
  TopicIdentity(boolean optional) {
    this.optional = optional;
  }

  /**
   * Compares the topic's id with the first one.
   *
   * @param id the current id; null if the topic does not exist; {@link Uuid#ZERO_UUID} if unknown
   * @return what happened to the topic, if it is not the same
   */
  Optional<String> change(Uuid id) {
    if (id == null) {
      missing++;
      return isLeftOut() || missing < MISSING_LIMIT ? Optional.empty() : Optional.of("deleted");
    }
    if (isLeftOut() && missing > 0) {
      return Optional.of("created again");
    }
    found = true;
    missing = 0;
    if (known.equals(Uuid.ZERO_UUID)) {
      known = id;
    }
    return id.equals(known) || id.equals(Uuid.ZERO_UUID)
        ? Optional.empty()
        : Optional.of("deleted and created again");
  }

  private boolean isLeftOut() {
    return optional && !found;
  }
}

package dev.outflow.kafka.retention;

import java.util.Optional;
import org.apache.kafka.common.Uuid;

/** Whether a topic is still the same while a job is running. */
final class TopicIdentity {
  /** A broker that has just started may not know a topic yet. */
  private static final int MISSING_LIMIT = 2;

  private Uuid known = Uuid.ZERO_UUID;
  private int missing;

  /**
   * Compares the topic's id with the first one.
   *
   * @param id the current id; null if the topic does not exist; {@link Uuid#ZERO_UUID} if unknown
   * @return what happened to the topic, if it is not the same
   */
  Optional<String> change(Uuid id) {
    if (id == null) {
      missing++;
      return missing < MISSING_LIMIT ? Optional.empty() : Optional.of("deleted");
    }
    missing = 0;
    if (known.equals(Uuid.ZERO_UUID)) {
      known = id;
    }
    return id.equals(known) || id.equals(Uuid.ZERO_UUID)
        ? Optional.empty()
        : Optional.of("deleted and created again");
  }
}

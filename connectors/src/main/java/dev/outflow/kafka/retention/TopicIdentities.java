package dev.outflow.kafka.retention;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.Uuid;

/** Whether the topics of an input are still the same while a job is running. */
final class TopicIdentities {
  private final Set<String> optional;
  private final Map<String, TopicIdentity> byTopic = new HashMap<>();

  /** {@code optional} are topics that readers leave out while they are missing at the start. */
  TopicIdentities(Set<String> optional) {
    this.optional = Set.copyOf(optional);
  }

  /**
   * Compares the topics' ids with the first ones.
   *
   * @param ids the current ids; see {@link TopicIdentity#change}
   * @return what happened to a topic: {@code topic 'orders' was deleted}
   */
  Optional<String> change(Map<String, Uuid> ids) {
    Optional<String> changed = Optional.empty();
    for (Map.Entry<String, Uuid> topic : ids.entrySet()) {
      Optional<String> change =
          byTopic
              .computeIfAbsent(topic.getKey(), name -> new TopicIdentity(optional.contains(name)))
              .change(topic.getValue())
              .map(what -> "topic '%s' was %s".formatted(topic.getKey(), what));
      changed = changed.or(() -> change);
    }
    return changed;
  }
}

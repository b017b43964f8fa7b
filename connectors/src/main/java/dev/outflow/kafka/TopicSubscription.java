package dev.outflow.kafka;

import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicListing;
import org.apache.kafka.common.Uuid;

/** Which topics an input reads. */
public sealed interface TopicSubscription extends Serializable {
  /** Returns whether the input reads a topic if it exists. */
  boolean contains(String topic);

  /** Returns the topics as far as they are known without asking the brokers. */
  List<String> names();

  /**
   * Returns what identifies the input's state in savepoints. Positions are those of topics by name,
   * so topics that appear, disappear or match another pattern do not change it.
   */
  String stateName();

  /**
   * Topics by name, which must all exist.
   *
   * @param names the first one identifies the state; empty if the options are invalid
   */
  record Topics(List<String> names) implements TopicSubscription {
    public Topics {
      names = List.copyOf(names);
    }

    @Override
    public boolean contains(String topic) {
      return names.contains(topic);
    }

    @Override
    public String stateName() {
      return names.get(0);
    }

    /** {@code orders, returns}. */
    @Override
    public String toString() {
      return String.join(", ", names);
    }
  }

  /**
   * All topics whose names match a regular expression, also those that are created later. Kafka's
   * internal topics are not among them.
   */
  record TopicPattern(Pattern pattern) implements TopicSubscription {
    /** A {@code *} that repeats a letter or a separator. */
    private static final Pattern GLOB = Pattern.compile("(?:^|[\\w-])\\*");

    private static final int LISTED = 5;

    @Override
    public boolean contains(String topic) {
      return pattern.matcher(topic).matches();
    }

    @Override
    public List<String> names() {
      return List.of();
    }

    @Override
    public String stateName() {
      return "*"; // Not valid as the name of a topic.
    }

    /**
     * Returns the ids of the matching topics by name. Brokers list only topics that the client may
     * describe, and those before Kafka 2.8 no ids: {@link Uuid#ZERO_UUID}.
     *
     * @throws ExecutionException with Kafka's error if the brokers do not respond
     */
    public SortedMap<String, Uuid> find(Admin admin)
        throws ExecutionException, InterruptedException {
      SortedMap<String, Uuid> ids = new TreeMap<>();
      for (TopicListing topic : admin.listTopics().listings().get()) {
        if (contains(topic.name())) {
          ids.put(topic.name(), topic.topicId());
        }
      }
      return ids;
    }

    /**
     * Explains that no topic matches, and what to do.
     *
     * @param visible the topics that the brokers list
     */
    public String noMatch(KafkaConnection connection, SortedSet<String> visible) {
      return "no topic on %s matches '%s', which must match the whole name%s; create one, or correct the expression. Brokers list only topics that the job is authorized to describe: %s"
          .formatted(
              connection.bootstrapServers(),
              pattern,
              GLOB.matcher(pattern.pattern()).find() ? " (any text is '.*', not '*')" : "",
              visible.isEmpty()
                  ? "none"
                  : visible.stream().limit(LISTED).collect(Collectors.joining(", "))
                      + (visible.size() > LISTED ? ", ..." : ""));
    }

    /** {@code topics that match 'orders-.*'}. */
    @Override
    public String toString() {
      return "topics that match '%s'".formatted(pattern);
    }
  }

  /** Returns the first of several topics by name, whose partitions savepoints do not name. */
  default Optional<String> first() {
    return names().stream().findFirst();
  }
}

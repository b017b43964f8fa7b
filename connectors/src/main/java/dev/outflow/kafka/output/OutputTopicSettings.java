package dev.outflow.kafka.output;

import dev.outflow.kafka.TopicSettings;
import dev.outflow.kafka.transaction.KafkaClientFactory;
import dev.outflow.secret.Causes;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The settings of the topics that an output writes to, as far as the brokers tell. */
record OutputTopicSettings(Map<String, TopicSettings> settings) {
  private static final Logger LOG = LoggerFactory.getLogger(OutputTopicSettings.class);

  /** For each answer of a broker about a topic. */
  private static final Duration WAIT = Duration.ofSeconds(30);

  /**
   * Asks the brokers. What they do not tell is said in the log, and then not known: a record that
   * is too large fails the transaction, after which they are asked again.
   *
   * @param producer the properties of Kafka's producer
   * @param table as {@code output 'notes'}
   * @param isTold whether to say it, as one subtask of all does
   */
  static OutputTopicSettings ask(
      Properties producer, String table, Set<String> topics, boolean isTold)
      throws InterruptedException {
    Map<String, TopicSettings> known = new HashMap<>();
    String failure = "DESCRIBE_CONFIGS is not allowed";
    try (Admin admin = new KafkaClientFactory(producer, WAIT).admin()) {
      for (String topic : topics) {
        TopicSettings.ask(admin, topic).ifPresent(it -> known.put(topic, it));
      }
    } catch (ExecutionException | KafkaException e) {
      failure = Causes.of(e).rootMessage();
    }
    if (isTold && known.size() < topics.size()) {
      LOG.info(
          "{}: the settings of {} are not all known ({}): whether a record is too large for"
              + " the topic, or needs a key, is not known before it is sent",
          table,
          topics,
          failure);
    }
    return new OutputTopicSettings(known);
  }

  Optional<TopicSettings> of(String topic) {
    return Optional.ofNullable(settings.get(topic));
  }
}

package dev.outflow.kafka.output;

import dev.outflow.kafka.SettingsAnswer;
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

/** The settings of the topics that an output writes to, as far as the job may read them. */
record OutputTopicSettings(Map<String, TopicSettings> settings) {
  private static final Logger LOG = LoggerFactory.getLogger(OutputTopicSettings.class);

  /** For each answer of a broker about a topic. */
  private static final Duration WAIT = Duration.ofSeconds(30);

  /**
   * Requests the settings of {@code topics} from the brokers. Without them, a record that is too
   * large fails the transaction; the job then restarts and requests them again.
   *
   * @param producer the properties of Kafka's producer
   * @param table e.g. {@code output 'notes'}, for the log
   * @param logsFailure whether to log missing settings, which one subtask does for all
   */
  static OutputTopicSettings fetch(
      Properties producer, String table, Set<String> topics, boolean logsFailure)
      throws InterruptedException {
    Map<String, TopicSettings> settings = new HashMap<>();
    String failure = "";
    try (Admin admin = new KafkaClientFactory(producer, WAIT).admin()) {
      for (String topic : topics) {
        SettingsAnswer<TopicSettings> answer = TopicSettings.ask(admin, topic);
        answer.value().ifPresent(found -> settings.put(topic, found));
        failure = answer.value().isPresent() ? failure : answer.refusal();
      }
    } catch (ExecutionException | KafkaException e) {
      failure = Causes.of(e).rootMessage();
    }
    if (logsFailure && settings.size() < topics.size()) {
      LOG.info(
          "{}: could not read the configuration of topics {} ({}): records that exceed the topic's size limit"
              + " or lack a required key are detected only when they are sent",
          table,
          topics,
          failure);
    }
    return new OutputTopicSettings(settings);
  }

  Optional<TopicSettings> of(String topic) {
    return Optional.ofNullable(settings.get(topic));
  }
}

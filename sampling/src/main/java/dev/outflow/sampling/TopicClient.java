package dev.outflow.sampling;

import dev.outflow.kafka.Authorization;
import dev.outflow.kafka.BrokerFailure;
import dev.outflow.kafka.KafkaConnection;
import dev.outflow.kafka.TopicCheck;
import dev.outflow.kafka.TopicSubscription;
import dev.outflow.kafka.input.KafkaInputOptions;
import dev.outflow.kafka.option.KafkaOptions;
import dev.outflow.option.InvalidOptionsException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.acl.AclOperation;

/**
 * What a command's own Kafka clients need: the connection of an input or output, with its security.
 *
 * @param timeout how long to wait for each answer
 */
public record TopicClient(KafkaConnection connection, Duration timeout) {
  /**
   * Checks that a topic exists and that the client is authorized for an operation on it.
   *
   * @throws InvalidOptionsException if the connection fails, or the topic or a permission is
   *     missing
   */
  public void check(AclOperation operation, String topic) {
    TopicCheck.<Void>ask(
        connection,
        topic,
        timeout,
        (admin, description) -> {
          if (TopicCheck.authorization(description, operation) == Authorization.DENIED) {
            throw InvalidOptionsException.of(
                KafkaOptions.TOPIC.key(),
                "not authorized to %s '%s'"
                    .formatted(operation.name().toLowerCase(Locale.ROOT), topic));
          }
          return null;
        });
  }

  /**
   * Checks that the brokers respond and that each partition of a topic has a leader, which serves
   * its records.
   *
   * @throws InvalidOptionsException if the connection fails, or the topic or a leader is missing
   */
  void checkLeaders(String topic) {
    TopicCheck.<Void>ask(
        connection,
        topic,
        timeout,
        (admin, description) -> {
          List<Integer> without =
              description.partitions().stream()
                  .filter(partition -> partition.leader() == null || partition.leader().isEmpty())
                  .map(TopicPartitionInfo::partition)
                  .toList();
          if (!without.isEmpty()) {
            throw InvalidOptionsException.of(
                KafkaOptions.TOPIC.key(),
                "partitions %s of '%s' have no leader; check that all brokers are running"
                    .formatted(without, topic));
          }
          return null;
        });
  }

  /**
   * Returns the topics that match a pattern.
   *
   * @throws InvalidOptionsException if the connection fails, or no topic matches
   */
  List<String> matching(TopicSubscription.TopicPattern pattern) {
    try (Admin admin = TopicCheck.admin(connection, timeout)) {
      List<String> topics = List.copyOf(pattern.find(admin).keySet());
      if (topics.isEmpty()) {
        throw InvalidOptionsException.of(
            KafkaInputOptions.TOPIC_PATTERN.key(),
            pattern.noMatch(connection, new TreeSet<>(admin.listTopics().names().get())));
      }
      return topics;
    } catch (ExecutionException e) {
      throw failed(e.getCause(), pattern);
    } catch (KafkaException e) {
      throw failed(e, pattern);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failed(e, pattern);
    }
  }

  private InvalidOptionsException failed(Throwable failure, TopicSubscription topics) {
    return new InvalidOptionsException(
        List.of(BrokerFailure.explain(failure, connection, topics.toString(), timeout)));
  }

  /** Returns the properties for a client that knows {@code names}. */
  public Map<String, Object> properties(Set<String> names) {
    Map<String, Object> properties = new HashMap<>(connection.producerProperties(Map.of()));
    Set<String> unknown = new HashSet<>(ProducerConfig.configNames());
    unknown.addAll(ConsumerConfig.configNames());
    unknown.removeAll(names);
    unknown.add(ProducerConfig.INTERCEPTOR_CLASSES_CONFIG);
    properties.keySet().removeAll(unknown);
    properties.put(CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, (int) timeout.toMillis());
    return properties;
  }
}

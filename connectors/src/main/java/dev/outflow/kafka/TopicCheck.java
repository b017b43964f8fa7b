package dev.outflow.kafka;

import static dev.outflow.kafka.input.KafkaInputOptions.START;
import static dev.outflow.kafka.option.KafkaOptions.BOOTSTRAP_SERVERS;

import dev.outflow.kafka.option.OptionProblem;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/**
 * Asks, before a job starts, whether a broker answers, has the topic, and knows how far it was
 * read. It changes nothing there.
 */
public final class TopicCheck {
  private TopicCheck() {}

  /**
   * What is wrong, if anything.
   *
   * @param wait how long to wait for an answer, at most
   */
  public static Optional<OptionProblem> check(
      KafkaConnection connection, String topic, Duration wait) {
    return check(connection, topic, Optional.empty(), wait);
  }

  /**
   * What is wrong, if anything.
   *
   * @param reader a consumer group that must have read the topic before
   * @param wait how long to wait for an answer, at most
   */
  public static Optional<OptionProblem> check(
      KafkaConnection connection, String topic, Optional<String> reader, Duration wait) {
    Map<String, Object> properties = new HashMap<>(connection.clientProperties(Map.of()));
    properties.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) wait.toMillis());
    properties.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) wait.toMillis());
    try (Admin admin = Admin.create(properties)) {
      admin.describeTopics(List.of(topic)).allTopicNames().get();
      return reader.isPresent() && !hasRead(admin, reader.get(), topic)
          ? Optional.of(neverRead(reader.get(), topic))
          : Optional.empty();
    } catch (ExecutionException e) {
      return Optional.of(BrokerFailure.explain(e.getCause(), connection, topic, wait));
    } catch (KafkaException e) {
      return Optional.of(BrokerFailure.explain(e, connection, topic, wait));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.of(new OptionProblem(BOOTSTRAP_SERVERS.key(), "the check was interrupted"));
    }
  }

  private static boolean hasRead(Admin admin, String group, String topic)
      throws ExecutionException, InterruptedException {
    return admin
        .listConsumerGroupOffsets(group)
        .partitionsToOffsetAndMetadata()
        .get()
        .keySet()
        .stream()
        .map(TopicPartition::topic)
        .anyMatch(topic::equals);
  }

  private static OptionProblem neverRead(String group, String topic) {
    return new OptionProblem(
        START.key(),
        "last-stopped, but the consumer group '%s' has never read topic '%s': no job with this 'consumer-group-id' has completed a checkpoint; start the first time with job-start, earliest or 'custom: %s'"
            .formatted(group, topic, Instant.now().truncatedTo(ChronoUnit.HOURS)));
  }
}

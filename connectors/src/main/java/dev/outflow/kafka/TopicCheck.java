package dev.outflow.kafka;

import static dev.outflow.kafka.option.KafkaOptions.BOOTSTRAP_SERVERS;
import static dev.outflow.kafka.option.KafkaOptions.TOPIC;

import dev.outflow.kafka.option.OptionProblem;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Asks, before a job starts, whether a broker answers and has the topic. It changes nothing there.
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
    Map<String, Object> properties = new HashMap<>(connection.clientProperties(Map.of()));
    properties.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) wait.toMillis());
    properties.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) wait.toMillis());
    try (Admin admin = Admin.create(properties)) {
      admin.describeTopics(List.of(topic)).allTopicNames().get();
      return Optional.empty();
    } catch (ExecutionException e) {
      return Optional.of(explain(e.getCause(), connection, topic, wait));
    } catch (KafkaException e) {
      return Optional.of(explain(e, connection, topic, wait));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.of(new OptionProblem(BOOTSTRAP_SERVERS.key(), "the check was interrupted"));
    }
  }

  private static OptionProblem explain(
      Throwable failure, KafkaConnection connection, String topic, Duration wait) {
    String servers = connection.bootstrapServers();
    if (failure instanceof UnknownTopicOrPartitionException) {
      return new OptionProblem(
          TOPIC.key(),
          "there is no topic '%s' on %s; create it, or correct the name".formatted(topic, servers));
    }
    if (failure instanceof AuthorizationException) {
      return new OptionProblem(
          TOPIC.key(), "may not be described on %s; allow DESCRIBE on it".formatted(servers));
    }
    if (failure instanceof TimeoutException) {
      return new OptionProblem(
          BOOTSTRAP_SERVERS.key(),
          "no Kafka broker answered at %s within %d s; is it running, and reachable from here?"
              .formatted(servers, wait.toSeconds()));
    }
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return new OptionProblem(
        BOOTSTRAP_SERVERS.key(), "%s: %s".formatted(servers, root.getMessage()));
  }
}

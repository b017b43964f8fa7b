package dev.outflow.kafka;

import static dev.outflow.kafka.option.KafkaOptions.BOOTSTRAP_SERVERS;

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
      return Optional.of(BrokerFailure.explain(e.getCause(), connection, topic, wait));
    } catch (KafkaException e) {
      return Optional.of(BrokerFailure.explain(e, connection, topic, wait));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.of(new OptionProblem(BOOTSTRAP_SERVERS.key(), "the check was interrupted"));
    }
  }
}

package dev.outflow.kafka;

import static dev.outflow.kafka.option.KafkaOptions.BOOTSTRAP_SERVERS;

import dev.outflow.option.InvalidOptionsException;
import dev.outflow.option.OptionProblem;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.errors.UnsupportedVersionException;

/** Describes topics and what a client is authorized to do with them. Modifies nothing. */
public final class TopicCheck {
  private TopicCheck() {}

  /** A question about a topic that exists. */
  @FunctionalInterface
  public interface Question<T> {
    /**
     * Asks the brokers.
     *
     * @throws InvalidOptionsException if the answer is a problem
     * @throws ExecutionException if there is no answer
     */
    T ask(Admin admin, TopicDescription topic) throws ExecutionException, InterruptedException;
  }

  /**
   * Returns the answer to a question about a topic.
   *
   * @param wait the longest time to wait for each answer
   * @throws InvalidOptionsException if the connection fails, the topic is missing, or the brokers
   *     do not answer
   */
  public static <T> T ask(
      KafkaConnection connection, String topic, Duration wait, Question<T> question) {
    try (Admin admin = admin(connection, wait)) {
      return question.ask(admin, describe(admin, topic));
    } catch (ExecutionException e) {
      throw invalid(BrokerFailure.explain(e.getCause(), connection, topic, wait));
    } catch (KafkaException e) {
      throw invalid(BrokerFailure.explain(e, connection, topic, wait));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw invalid(new OptionProblem(BOOTSTRAP_SERVERS.key(), "the check was interrupted"));
    }
  }

  /**
   * Creates a client, which the caller closes.
   *
   * @param wait the longest time to wait for each answer
   * @throws KafkaException if its credentials or certificates cannot be read
   */
  public static Admin admin(KafkaConnection connection, Duration wait) {
    Map<String, Object> properties = new HashMap<>(connection.clientProperties(Map.of()));
    properties.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) wait.toMillis());
    properties.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) wait.toMillis());
    return Admin.create(properties);
  }

  /**
   * Describes a topic, with the operations that the client is authorized for if the brokers report
   * them (Metadata 8). Brokers that do not are asked twice about a missing topic: instead of the
   * first question, Kafka's client lists all topics, and a list may be limited.
   *
   * @throws ExecutionException with Kafka's reason if the topic is missing or the brokers do not
   *     answer
   */
  public static TopicDescription describe(Admin admin, String topic)
      throws ExecutionException, InterruptedException {
    try {
      return describe(admin, topic, true);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UnknownTopicOrPartitionException
          || e.getCause() instanceof UnsupportedVersionException) {
        return describe(admin, topic, false);
      }
      throw e;
    }
  }

  private static TopicDescription describe(Admin admin, String topic, boolean withPermissions)
      throws ExecutionException, InterruptedException {
    DescribeTopicsOptions options =
        new DescribeTopicsOptions().includeAuthorizedOperations(withPermissions);
    return admin.describeTopics(List.of(topic), options).allTopicNames().get().get(topic);
  }

  /**
   * Returns whether the client is authorized for an operation on a topic.
   *
   * @param topic from {@link #describe}
   */
  public static Authorization authorization(TopicDescription topic, AclOperation operation) {
    Set<AclOperation> allowed = topic.authorizedOperations();
    if (allowed == null || allowed.isEmpty()) {
      return Authorization.UNKNOWN;
    }
    return allowed.contains(operation) || allowed.contains(AclOperation.ALL)
        ? Authorization.ALLOWED
        : Authorization.DENIED;
  }

  private static InvalidOptionsException invalid(OptionProblem problem) {
    return new InvalidOptionsException(List.of(problem));
  }
}

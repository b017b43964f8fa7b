package dev.outflow.kafka;

import static dev.outflow.kafka.option.KafkaOptions.BOOTSTRAP_SERVERS;

import dev.outflow.option.InvalidOptionsException;
import dev.outflow.option.OptionProblem;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.acl.AclOperation;

/**
 * Asks, before a job starts, whether a broker answers, has the topic, and lets the job do with it
 * what it is going to. It changes nothing there.
 */
public final class TopicCheck {
  private TopicCheck() {}

  /** What else to ask the brokers of a topic that is there. */
  @FunctionalInterface
  public interface Question<T> {
    /**
     * Asks.
     *
     * @throws InvalidOptionsException if the answer is a problem
     * @throws ExecutionException if there is none
     */
    T ask(Admin admin, TopicDescription topic) throws ExecutionException, InterruptedException;
  }

  /**
   * What is wrong, if anything.
   *
   * @param wait how long to wait for an answer, at most
   */
  public static Optional<OptionProblem> check(
      KafkaConnection connection, String topic, Duration wait) {
    try {
      ask(connection, topic, wait, (admin, description) -> topic);
      return Optional.empty();
    } catch (InvalidOptionsException e) {
      return Optional.of(e.problems().get(0));
    }
  }

  /**
   * The answer to {@code question}.
   *
   * @param wait how long to wait for an answer, at most
   * @throws InvalidOptionsException with what is wrong
   */
  public static <T> T ask(
      KafkaConnection connection, String topic, Duration wait, Question<T> question) {
    try (Admin admin = admin(connection, wait)) {
      return question.ask(admin, describe(admin, topic));
    } catch (ExecutionException e) {
      throw refuse(BrokerFailure.explain(e.getCause(), connection, topic, wait));
    } catch (KafkaException e) {
      throw refuse(BrokerFailure.explain(e, connection, topic, wait));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw refuse(new OptionProblem(BOOTSTRAP_SERVERS.key(), "the check was interrupted"));
    }
  }

  /**
   * A client that asks.
   *
   * @param wait how long it waits for an answer, at most
   * @throws KafkaException if it has nothing to log in with
   */
  public static Admin admin(KafkaConnection connection, Duration wait) {
    Map<String, Object> properties = new HashMap<>(connection.clientProperties(Map.of()));
    properties.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) wait.toMillis());
    properties.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) wait.toMillis());
    return Admin.create(properties);
  }

  /**
   * A topic, with what the client may do with it.
   *
   * @throws ExecutionException with Kafka's own reason if there is none or no answer
   */
  public static TopicDescription describe(Admin admin, String topic)
      throws ExecutionException, InterruptedException {
    DescribeTopicsOptions withPermissions =
        new DescribeTopicsOptions().includeAuthorizedOperations(true);
    return admin.describeTopics(List.of(topic), withPermissions).allTopicNames().get().get(topic);
  }

  /**
   * Whether the client may do this with a topic.
   *
   * @param topic as {@link #describe} tells; it says nothing where nothing is forbidden to anyone
   */
  public static boolean allows(TopicDescription topic, AclOperation operation) {
    Set<AclOperation> allowed = topic.authorizedOperations();
    return allowed == null
        || allowed.isEmpty()
        || allowed.contains(operation)
        || allowed.contains(AclOperation.ALL);
  }

  private static InvalidOptionsException refuse(OptionProblem problem) {
    return new InvalidOptionsException(List.of(problem));
  }
}

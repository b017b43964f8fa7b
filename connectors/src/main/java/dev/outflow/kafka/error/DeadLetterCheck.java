package dev.outflow.kafka.error;

import dev.outflow.kafka.BrokerFailure;
import dev.outflow.kafka.KafkaConnection;
import dev.outflow.kafka.TopicCheck;
import dev.outflow.kafka.TopicSettings;
import dev.outflow.kafka.option.KafkaOptions;
import dev.outflow.option.InvalidOptionsException;
import dev.outflow.option.OptionProblem;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.acl.AclOperation;

/** Asks Kafka, before a job starts, whether the dead letters of a table can be written. */
public record DeadLetterCheck(KafkaConnection connection, String topic) {

  /**
   * Returns when all is well.
   *
   * @param wait how long to wait for an answer, at most
   * @throws InvalidOptionsException with what is wrong
   */
  public void run(Duration wait) {
    try (Admin admin = TopicCheck.admin(connection, wait)) {
      ask(admin, wait);
    } catch (KafkaException e) {
      throw refuse(BrokerFailure.explain(e, connection, topic, wait));
    }
  }

  /**
   * As {@link #run} with a client that there is already.
   *
   * @return the topic
   */
  public TopicDescription ask(Admin admin, Duration wait) {
    try {
      TopicDescription description = TopicCheck.describe(admin, topic);
      if (!TopicCheck.allows(description, AclOperation.WRITE)) {
        throw refuse(
            "'%s' may not be written on %s; allow WRITE on it"
                .formatted(topic, connection.bootstrapServers()));
      }
      if (TopicSettings.ask(admin, topic).filter(TopicSettings::isCompacted).isPresent()) {
        throw refuse(
            "'%s' takes only records with a key, which a dead letter need not have (its cleanup.policy is compact); name another topic"
                .formatted(topic));
      }
      return description;
    } catch (ExecutionException e) {
      throw refuse(BrokerFailure.explain(e.getCause(), connection, topic, wait));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw refuse("the check was interrupted");
    }
  }

  private static InvalidOptionsException refuse(OptionProblem problem) {
    return problem.key().equals(KafkaOptions.TOPIC.key())
        ? refuse(problem.message())
        : InvalidOptionsException.of(problem.key(), problem.message());
  }

  private static InvalidOptionsException refuse(String message) {
    return InvalidOptionsException.of(ErrorPolicy.DEAD_LETTER_TOPIC.key(), message);
  }
}

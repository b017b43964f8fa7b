package dev.outflow.kafka.error;

import dev.outflow.kafka.Authorization;
import dev.outflow.kafka.BrokerFailure;
import dev.outflow.kafka.KafkaConnection;
import dev.outflow.kafka.TopicCheck;
import dev.outflow.kafka.TopicSettings;
import dev.outflow.kafka.broker.Permission;
import dev.outflow.kafka.option.KafkaOptions;
import dev.outflow.option.InvalidOptionsException;
import dev.outflow.option.OptionProblem;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.acl.AclOperation;

/** Checks that the dead letters of a table can be written. */
public record DeadLetterCheck(KafkaConnection connection, String topic) {

  /**
   * Returns the topic's description.
   *
   * @param wait how long {@code admin} waits for an answer
   * @throws InvalidOptionsException if the topic cannot be used
   */
  public TopicDescription ask(Admin admin, Duration wait) {
    try {
      TopicDescription description = TopicCheck.describe(admin, topic);
      if (TopicCheck.authorization(description, AclOperation.WRITE) == Authorization.DENIED) {
        throw invalid(
            "not authorized to write to topic '%s' on %s; %s"
                .formatted(
                    topic,
                    connection.bootstrapServers(),
                    connection.kind().remedy(Permission.WRITE_TOPIC)));
      }
      if (TopicSettings.ask(admin, topic).value().filter(TopicSettings::isCompacted).isPresent()) {
        throw invalid(
            "'%s' is compacted (cleanup.policy) and rejects records without a key, which dead letters may lack; use another topic"
                .formatted(topic));
      }
      return description;
    } catch (ExecutionException e) {
      throw invalid(BrokerFailure.explain(e.getCause(), connection, topic, wait));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw invalid("the check was interrupted");
    }
  }

  private static InvalidOptionsException invalid(OptionProblem problem) {
    return problem.key().equals(KafkaOptions.TOPIC.key())
        ? invalid(problem.message())
        : InvalidOptionsException.of(problem.key(), problem.message());
  }

  private static InvalidOptionsException invalid(String message) {
    return InvalidOptionsException.of(ErrorPolicy.DEAD_LETTER_TOPIC.key(), message);
  }
}

package dev.outflow.kafka.input;

import dev.outflow.kafka.TopicCheck;
import dev.outflow.kafka.option.KafkaOptions;
import dev.outflow.option.InvalidOptionsException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AclOperation;

/**
 * Asks Kafka, before a job starts, whether an input can be read from where it is to begin.
 *
 * @param hasSavepoint whether a savepoint says where that is
 */
public record InputCheck(KafkaInput input, boolean hasSavepoint) {

  /**
   * Returns when all is well.
   *
   * @param wait how long to wait for an answer, at most
   * @throws InvalidOptionsException with what is wrong
   */
  public void run(Duration wait) {
    TopicCheck.ask(
        input.connection(),
        input.topic(),
        wait,
        (admin, topic) -> {
          checkMayRead(topic);
          if (goesOn()) {
            checkHasRead(topic, offsets(admin));
          }
          return topic;
        });
  }

  /**
   * Returns if it may be read.
   *
   * @param topic as {@link TopicCheck#describe} tells
   * @throws InvalidOptionsException if it may not
   */
  public void checkMayRead(TopicDescription topic) {
    if (!TopicCheck.allows(topic, AclOperation.READ)) {
      throw InvalidOptionsException.of(
          KafkaOptions.TOPIC.key(),
          "'%s' may not be read on %s; allow READ on it"
              .formatted(input.topic(), input.connection().bootstrapServers()));
    }
  }

  /** Whether it begins where its consumer group left off. */
  private boolean goesOn() {
    return !hasSavepoint && input.groupThatHasRead().isPresent();
  }

  /** Up to where the consumer group has read; empty if it never did. */
  public Map<TopicPartition, OffsetAndMetadata> offsets(Admin admin)
      throws ExecutionException, InterruptedException {
    return admin
        .listConsumerGroupOffsets(input.consumerGroupId())
        .partitionsToOffsetAndMetadata()
        .get();
  }

  /**
   * Returns if the job can begin where it is to.
   *
   * @throws InvalidOptionsException if it is to begin where the group left off, and there is no
   *     such place
   */
  public void checkHasRead(TopicDescription topic, Map<TopicPartition, OffsetAndMetadata> offsets) {
    boolean hasRead =
        offsets.keySet().stream().map(TopicPartition::topic).anyMatch(topic.name()::equals);
    if (!hasRead && goesOn()) {
      throw InvalidOptionsException.of(
          KafkaInputOptions.START.key(),
          "last-stopped, but the consumer group '%s' has never read topic '%s': no job with this 'consumer-group-id' has completed a checkpoint; start the first time with job-start, earliest or 'custom: %s'"
              .formatted(
                  input.consumerGroupId(),
                  topic.name(),
                  Instant.now().truncatedTo(ChronoUnit.HOURS)));
    }
  }
}

package dev.outflow.kafka.input;

import dev.outflow.kafka.TopicCheck;
import dev.outflow.kafka.option.InvalidOptionsException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartition;

/** Asks Kafka, before a job starts, whether an input can be read from where it is to begin. */
public final class InputCheck {
  private InputCheck() {}

  /**
   * Returns when all is well.
   *
   * @param hasSavepoint whether a savepoint says where to begin
   * @param wait how long to wait for an answer, at most
   * @throws InvalidOptionsException with what is wrong
   */
  public static void run(KafkaInput input, boolean hasSavepoint, Duration wait) {
    TopicCheck.ask(
        input.connection(),
        input.topic(),
        wait,
        (admin, topic) -> {
          if (!hasSavepoint && input.groupThatHasRead().isPresent()) {
            checkHasRead(admin, input.groupThatHasRead().get(), topic);
          }
          return topic;
        });
  }

  private static void checkHasRead(Admin admin, String group, TopicDescription topic)
      throws ExecutionException, InterruptedException {
    boolean hasRead =
        admin
            .listConsumerGroupOffsets(group)
            .partitionsToOffsetAndMetadata()
            .get()
            .keySet()
            .stream()
            .map(TopicPartition::topic)
            .anyMatch(topic.name()::equals);
    if (!hasRead) {
      throw InvalidOptionsException.of(
          KafkaInputOptions.START.key(),
          "last-stopped, but the consumer group '%s' has never read topic '%s': no job with this 'consumer-group-id' has completed a checkpoint; start the first time with job-start, earliest or 'custom: %s'"
              .formatted(group, topic.name(), Instant.now().truncatedTo(ChronoUnit.HOURS)));
    }
  }
}

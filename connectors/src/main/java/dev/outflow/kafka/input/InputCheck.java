package dev.outflow.kafka.input;

import dev.outflow.kafka.Authorization;
import dev.outflow.kafka.TopicCheck;
import dev.outflow.kafka.TopicSubscription;
import dev.outflow.kafka.broker.Permission;
import dev.outflow.kafka.option.KafkaOptions;
import dev.outflow.option.InvalidOptionsException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.ApiException;

/**
 * Checks that an input can be read from its start position.
 *
 * @param hasSavepoint whether the job starts from a savepoint, which has the offsets
 */
public record InputCheck(KafkaInput input, boolean hasSavepoint) {

  /**
   * Returns whether the client is authorized to read, if that is known.
   *
   * @param topic from {@link TopicCheck#describe}
   * @throws InvalidOptionsException if it is not
   */
  public Authorization checkMayRead(TopicDescription topic) {
    Authorization authorization = TopicCheck.authorization(topic, AclOperation.READ);
    if (authorization == Authorization.DENIED) {
      throw InvalidOptionsException.of(
          KafkaOptions.TOPIC.key(),
          "not authorized to read topic '%s' on %s; %s"
              .formatted(
                  topic.name(),
                  input.connection().bootstrapServers(),
                  input.connection().kind().remedy(Permission.READ_TOPIC)));
    }
    return authorization;
  }

  /** Returns whether it starts at the committed offsets of its consumer group. */
  public boolean startsAtCommittedOffsets() {
    return !hasSavepoint && input.groupThatHasRead().isPresent();
  }

  /** Returns the consumer group's committed offsets; empty if it has none. */
  public Map<TopicPartition, OffsetAndMetadata> offsets(Admin admin)
      throws ExecutionException, InterruptedException {
    return admin
        .listConsumerGroupOffsets(input.consumerGroupId())
        .partitionsToOffsetAndMetadata()
        .get();
  }

  /**
   * Returns the clients that are members of the input's consumer group. A job is never one, because
   * Flink assigns the partitions itself.
   *
   * @return empty if the brokers do not describe the group
   */
  public List<String> members(Admin admin) throws ExecutionException, InterruptedException {
    String group = input.consumerGroupId();
    try {
      return admin
          .describeConsumerGroups(List.of(group))
          .describedGroups()
          .get(group)
          .get()
          .members()
          .stream()
          .map(member -> member.clientId() + " on " + member.host().replace("/", ""))
          .sorted()
          .toList();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof ApiException) {
        return List.of();
      }
      throw e;
    }
  }

  /**
   * Returns if the input can start.
   *
   * @throws InvalidOptionsException if it starts at committed offsets, and there are none
   */
  public void checkHasRead(TopicDescription topic, Map<TopicPartition, OffsetAndMetadata> offsets) {
    boolean isPattern = input.topics() instanceof TopicSubscription.TopicPattern;
    boolean hasRead =
        offsets.keySet().stream()
            .map(TopicPartition::topic)
            .anyMatch(isPattern ? input.topics()::contains : topic.name()::equals);
    if (!hasRead && startsAtCommittedOffsets()) {
      throw InvalidOptionsException.of(
          KafkaInputOptions.START.key(),
          "last-stopped, but consumer group '%s' has no committed offsets for %s: no job with this 'consumer-group-id' has completed a checkpoint; for the first start use job-start, earliest or 'custom: %s'"
              .formatted(
                  input.consumerGroupId(),
                  isPattern ? input.topics() : "topic '%s'".formatted(topic.name()),
                  Instant.now().truncatedTo(ChronoUnit.HOURS)));
    }
  }
}

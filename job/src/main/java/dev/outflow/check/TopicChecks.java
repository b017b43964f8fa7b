package dev.outflow.check;

import dev.outflow.kafka.Authorization;
import dev.outflow.kafka.KafkaConnection;
import dev.outflow.kafka.SettingsAnswer;
import dev.outflow.kafka.TopicCheck;
import dev.outflow.kafka.TopicSettings;
import dev.outflow.kafka.broker.ApacheKafka;
import dev.outflow.kafka.broker.BrokerKind;
import dev.outflow.kafka.broker.EventHubs;
import dev.outflow.kafka.broker.Permission;
import dev.outflow.kafka.option.KafkaOptions;
import dev.outflow.option.InvalidOptionsException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartitionInfo;

/** Checks what inputs and outputs have in common: the topic, its leaders and its configuration. */
record TopicChecks(StepRunner steps, String topic, Callable<Admin> admin) {

  /** Returns the topic's description; empty if it does not exist or cannot be described. */
  Optional<TopicDescription> describe() {
    Optional<TopicDescription> description =
        steps.run(CheckStep.TOPIC, () -> exists(TopicCheck.describe(admin.call(), topic)));
    steps.run(CheckStep.LEADERS, () -> leaders(description.orElseThrow()));
    return description;
  }

  private static StepResult<TopicDescription> exists(TopicDescription topic) {
    int partitions = topic.partitions().size();
    return StepResult.ok(
        topic,
        "'%s' has %d partition%s, replication factor %d"
            .formatted(
                topic.name(),
                partitions,
                partitions == 1 ? "" : "s",
                topic.partitions().get(0).replicas().size()));
  }

  private static StepResult<Boolean> leaders(TopicDescription topic) {
    List<Integer> leaderless =
        topic.partitions().stream()
            .filter(partition -> partition.leader() == null || partition.leader().isEmpty())
            .map(TopicPartitionInfo::partition)
            .toList();
    if (!leaderless.isEmpty()) {
      throw InvalidOptionsException.of(
          KafkaOptions.TOPIC.key(),
          "partitions %s of '%s' have no leader; check that all brokers are running"
              .formatted(leaderless, topic.name()));
    }
    return StepResult.ok(true, "every partition has a leader");
  }

  /**
   * Compares what a throughput unit of Event Hubs allows with the recent rate of the topic.
   *
   * @param metric shows that Event Hubs delays responses
   */
  StepResult<Boolean> throughput(TopicDescription description, String limit, String metric)
      throws Exception {
    return StepResult.ok(
        true,
        "a throughput unit of Event Hubs allows %s of the namespace; '%s' received %s in the last minute; beyond the limit it delays responses (metric %s)"
            .formatted(
                limit, topic, TopicRate.of(admin.call(), description, Instant.now()), metric));
  }

  /** Returns the topic's configuration; empty if it cannot be read. */
  Optional<TopicSettings> settings() {
    return steps.run(CheckStep.SETTINGS, () -> settings(admin.call()));
  }

  private StepResult<TopicSettings> settings(Admin client)
      throws ExecutionException, InterruptedException {
    SettingsAnswer<TopicSettings> answer = TopicSettings.ask(client, topic);
    if (answer.value().isPresent()) {
      return StepResult.ok(answer.value().get(), answer.value().get().toString());
    }
    boolean canBeAllowed =
        answer.refusal().equals(SettingsAnswer.NOT_AUTHORIZED)
            && !(steps.connection().kind() instanceof EventHubs);
    return canBeAllowed
        ? StepResult.warning(
            null,
            KafkaOptions.TOPIC.key(),
            "not authorized to read the configuration of '%s', so dependent steps are skipped; allow DESCRIBE_CONFIGS on it to run them"
                .formatted(topic))
        : StepResult.unknown(null, answer.refusal());
  }

  /** Returns the result of a step that depends on a permission. */
  StepResult<Boolean> authorized(
      Authorization authorization, Permission permission, String allowed) {
    return authorization == Authorization.UNKNOWN
        ? StepResult.unknown(true, unknown(steps.connection(), permission))
        : StepResult.ok(true, allowed);
  }

  /** Explains that a permission is unknown, and what to do if it is missing. */
  static String unknown(KafkaConnection connection, Permission permission) {
    BrokerKind kind = connection.kind();
    return "%s; if the job is not authorized, %s"
        .formatted(
            kind instanceof ApacheKafka
                ? "these brokers do not report permissions, which requires Kafka 2.3 or later"
                : kind.serviceName() + " does not report permissions",
            kind.remedy(permission));
  }
}

package dev.outflow.check;

import dev.outflow.kafka.TopicCheck;
import dev.outflow.kafka.TopicSettings;
import dev.outflow.kafka.error.DeadLetterCheck;
import dev.outflow.kafka.option.KafkaOptions;
import dev.outflow.option.InvalidOptionsException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartitionInfo;

/** What is asked of any topic. */
record TopicSteps(Steps steps, String topic) {
  static final Duration WAIT = BrokerSteps.WAIT;

  /** Empty if it is not there, or not now. */
  Optional<TopicDescription> describe(Callable<Admin> admin, String... needs) {
    return steps.ask("topic", WAIT, () -> describe(admin.call()), needs);
  }

  private StepResult<TopicDescription> describe(Admin admin)
      throws ExecutionException, InterruptedException {
    TopicDescription description = TopicCheck.describe(admin, topic);
    List<Integer> leaderless =
        description.partitions().stream()
            .filter(it -> it.leader() == null || it.leader().isEmpty())
            .map(TopicPartitionInfo::partition)
            .toList();
    if (!leaderless.isEmpty()) {
      throw InvalidOptionsException.of(
          KafkaOptions.TOPIC.key(),
          "no broker leads partitions %s of '%s'; are all brokers running?"
              .formatted(leaderless, topic));
    }
    int replicas = description.partitions().get(0).replicas().size();
    return StepResult.ok(
        description,
        "'%s' has %d partition%s, each on %d broker%s"
            .formatted(
                topic,
                description.partitions().size(),
                description.partitions().size() == 1 ? "" : "s",
                replicas,
                replicas == 1 ? "" : "s"));
  }

  /** Empty if they may not be read. */
  Optional<TopicSettings> settings(Callable<Admin> admin) {
    return steps.ask("settings", WAIT, () -> settings(admin.call()), "topic");
  }

  private StepResult<TopicSettings> settings(Admin admin)
      throws ExecutionException, InterruptedException {
    return TopicSettings.ask(admin, topic)
        .map(it -> StepResult.ok(it, it.toString()))
        .orElseGet(
            () ->
                StepResult.warning(
                    null,
                    KafkaOptions.TOPIC.key(),
                    "the settings of '%s' may not be read, so what follows from them is not known; allow DESCRIBE_CONFIGS on it to have them checked"
                        .formatted(topic)));
  }

  /** Whether bad records can be kept. */
  void deadLetters(Callable<Admin> admin, DeadLetterCheck check) {
    steps.ask(
        "dead letters",
        WAIT,
        () -> {
          int partitions = check.ask(admin.call(), WAIT).partitions().size();
          return StepResult.ok(
              true,
              "'%s' may be written, and has %d partition%s"
                  .formatted(check.topic(), partitions, partitions == 1 ? "" : "s"));
        },
        "broker",
        "connection");
  }
}

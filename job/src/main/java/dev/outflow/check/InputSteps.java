package dev.outflow.check;

import static java.util.stream.Collectors.joining;

import dev.outflow.kafka.TopicSettings;
import dev.outflow.kafka.input.InputCheck;
import dev.outflow.kafka.option.KafkaOptions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupAuthorizationException;

/** Whether an input can be read. */
record InputSteps(Steps steps, KafkaTable.Input target) {

  void run(Callable<Admin> admin, TopicSteps topics, Optional<TopicDescription> topic) {
    InputCheck check = new InputCheck(target.input(), target.hasSavepoint());
    steps.ask(
        "read",
        TopicSteps.WAIT,
        () -> {
          check.checkMayRead(topic.orElseThrow());
          return StepResult.ok(true, "allowed");
        },
        "topic");
    steps.ask("group", TopicSteps.WAIT, () -> group(check, admin.call(), topic.get()), "topic");
    Optional<TopicSettings> settings = topics.settings(admin);
    steps.ask("timestamps", TopicSteps.WAIT, () -> timestamps(settings.orElseThrow()), "settings");
    steps.ask("codec", TopicSteps.WAIT, () -> codecs(settings), "topic");
  }

  private StepResult<Boolean> group(InputCheck check, Admin admin, TopicDescription topic)
      throws ExecutionException, InterruptedException {
    String group = target.input().consumerGroupId();
    try {
      Map<TopicPartition, OffsetAndMetadata> offsets = check.offsets(admin);
      check.checkHasRead(topic, offsets);
      long partitions =
          offsets.keySet().stream().filter(it -> it.topic().equals(topic.name())).count();
      return StepResult.ok(
          true,
          (partitions == 0 ? "'%s' has not read it yet" : "'%s' has read %d of %d partitions")
              .formatted(group, partitions, topic.partitions().size()));
    } catch (ExecutionException e) {
      if (target.input().groupThatHasRead().isPresent()
          || !(e.getCause() instanceof GroupAuthorizationException)) {
        throw e;
      }
      return StepResult.warning(
          true,
          KafkaOptions.CONSUMER_GROUP_ID.key(),
          "'%s' may not be used: the job reads all the same, but cannot tell Kafka how far; allow READ on the group"
              .formatted(group));
    }
  }

  private static StepResult<Boolean> timestamps(TopicSettings settings) {
    return settings.usesLogAppendTime()
        ? StepResult.ok(
            true, "message.timestamp.type LogAppendTime: a record's time is its arrival")
        : StepResult.ok(
            true, "message.timestamp.type CreateTime: a record's time is its producer's");
  }

  /** Anybody may have written anything, unless the broker writes it anew. */
  private static StepResult<Boolean> codecs(Optional<TopicSettings> settings) {
    String kept = settings.map(TopicSettings::compression).orElse("producer");
    List<String> codecs =
        switch (kept) {
          case "producer" -> List.of("gzip", "snappy", "lz4", "zstd");
          case "uncompressed" -> List.of("none");
          default -> List.of(kept);
        };
    String failures =
        codecs.stream()
            .flatMap(codec -> new Codec(codec).failure().stream())
            .collect(joining("; "));
    return failures.isEmpty()
        ? StepResult.ok(true, "%s can be read".formatted(String.join(", ", codecs)))
        : StepResult.warning(true, "", failures);
  }
}

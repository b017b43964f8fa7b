package dev.outflow.check;

import static java.util.stream.Collectors.joining;

import dev.outflow.kafka.BrokerFailure;
import dev.outflow.kafka.TopicSettings;
import dev.outflow.kafka.broker.ApacheKafka;
import dev.outflow.kafka.broker.EventHubs;
import dev.outflow.kafka.broker.Permission;
import dev.outflow.kafka.input.InputCheck;
import dev.outflow.kafka.input.KafkaInputOptions;
import dev.outflow.kafka.option.KafkaOptions;
import dev.outflow.kafka.retention.TopicRetention;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.GroupAuthorizationException;

/**
 * Checks that an input can be read.
 *
 * @param retentions receives the retention of each topic, as far as it is known
 */
record InputChecks(
    StepRunner steps, KafkaTable.Input table, BiConsumer<String, TopicRetention> retentions) {

  /**
   * Runs the checks.
   *
   * @param others the other topics, if the input has several
   */
  void run(
      Callable<Admin> admin,
      TopicChecks topics,
      Optional<TopicDescription> topic,
      List<TopicChecks> others) {
    run(admin, topics, topic);
    for (TopicChecks other : others) {
      run(admin, other, other.describe());
    }
  }

  private void run(Callable<Admin> admin, TopicChecks topics, Optional<TopicDescription> topic) {
    StepRunner ofTopic = topics.steps();
    InputCheck check = new InputCheck(table.input(), table.hasSavepoint());
    ofTopic.run(
        CheckStep.READ,
        () ->
            topics.authorized(
                check.checkMayRead(topic.orElseThrow()),
                Permission.READ_TOPIC,
                "authorized to read"));
    if (check.startsAtCommittedOffsets() || ofTopic.scope() == CheckScope.EVERYTHING) {
      ofTopic.run(CheckStep.GROUP, () -> group(check, admin.call(), topic.orElseThrow()));
    }
    Optional<TopicSettings> settings = topics.settings();
    ofTopic.run(CheckStep.TIMESTAMPS, () -> timestamps(settings.orElseThrow()));
    ofTopic.run(CheckStep.RETENTION, () -> retention(settings.orElseThrow()));
    topic.ifPresent(
        described ->
            retentions.accept(
                described.name(),
                settings
                    .map(TopicRetention::of)
                    .orElseGet(() -> retentionBeforeStart(admin, described.name()))));
    if (ofTopic.connection().kind() instanceof EventHubs) {
      ofTopic.run(
          CheckStep.THROUGHPUT,
          () ->
              topics.throughput(
                  topic.orElseThrow(),
                  "2 MB/s or 4096 events/s out, for all consumers",
                  "fetch-throttle-time-avg"));
    }
    ofTopic.run(CheckStep.CODEC, () -> codecs(settings));
  }

  private StepResult<Boolean> group(InputCheck check, Admin admin, TopicDescription topic)
      throws ExecutionException, InterruptedException {
    String group = table.input().consumerGroupId();
    try {
      Map<TopicPartition, OffsetAndMetadata> offsets = check.offsets(admin);
      check.checkHasRead(topic, offsets);
      List<String> members = check.members(admin);
      if (!members.isEmpty()) {
        return StepResult.warning(
            true,
            KafkaOptions.CONSUMER_GROUP_ID.key(),
            "consumers of another application are members of group '%s' (%s): Kafka rejects this job's commits while they are; use a separate group for this job"
                .formatted(group, String.join(", ", members)));
      }
      long partitions =
          offsets.keySet().stream()
              .filter(partition -> partition.topic().equals(topic.name()))
              .count();
      return StepResult.ok(
          true,
          partitions == 0
              ? "'%s' has no committed offsets yet".formatted(group)
              : "'%s' has committed offsets for %d of %d partitions"
                  .formatted(group, partitions, topic.partitions().size()));
    } catch (ExecutionException e) {
      if (table.input().groupThatHasRead().isPresent()
          || !(e.getCause() instanceof GroupAuthorizationException)) {
        throw e;
      }
      return StepResult.warning(
          true,
          KafkaOptions.CONSUMER_GROUP_ID.key(),
          "not authorized to use group '%s': the job reads the topic, but cannot commit its offsets; %s"
              .formatted(
                  group,
                  steps.connection().kind() instanceof ApacheKafka
                      ? "allow READ on the group"
                      : steps.connection().kind().remedy(Permission.DESCRIBE_GROUP)));
    }
  }

  private static StepResult<Boolean> timestamps(TopicSettings settings) {
    if (settings.find(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG).isEmpty()) {
      return StepResult.unknown(true, "the brokers do not report message.timestamp.type");
    }
    return StepResult.ok(
        true,
        settings.usesLogAppendTime()
            ? "message.timestamp.type LogAppendTime: a record's timestamp is its arrival time"
            : "message.timestamp.type CreateTime: a record's timestamp is the producer's");
  }

  private StepResult<Boolean> retention(TopicSettings settings) {
    TopicRetention retention = TopicRetention.of(settings);
    if (table.input().upsert().isPresent() && settings.isCompacted() && !retention.deletes()) {
      return StepResult.ok(true, compaction(settings));
    }
    if (table.input().upsert().isPresent() && retention.deletes()) {
      return StepResult.warning(
          true,
          KafkaInputOptions.MODE.key(),
          "upsert, but cleanup.policy %s and retention delete the last record of a key that does not change: its row is missing if the job starts without a savepoint; set cleanup.policy to compact"
              .formatted(
                  settings
                      .find(TopicConfig.CLEANUP_POLICY_CONFIG)
                      .orElse(TopicConfig.CLEANUP_POLICY_DELETE)));
    }
    return retention.isKnown()
        ? StepResult.ok(true, retention.toString())
        : StepResult.unknown(true, retention.unknown());
  }

  private static String compaction(TopicSettings settings) {
    return "cleanup.policy compact: the topic keeps the last record of each key"
        + settings.number(TopicConfig.DELETE_RETENTION_MS_CONFIG).stream()
            .mapToObj(
                limit ->
                    "; downtime of up to %d s misses no tombstone (%s %d)"
                        .formatted(limit / 1000, TopicConfig.DELETE_RETENTION_MS_CONFIG, limit))
            .collect(joining());
  }

  /** Asks for the retention although the topic's settings are not checked: only to report it. */
  private TopicRetention retentionBeforeStart(Callable<Admin> admin, String topic) {
    if (steps.scope() == CheckScope.EVERYTHING) {
      return TopicRetention.unknown("the topic's settings are unknown");
    }
    try {
      return steps
          .budget()
          .within(
              CheckStep.RETENTION.limit(),
              () -> TopicRetention.of(TopicSettings.ask(admin.call(), topic)));
    } catch (Exception e) {
      if (e instanceof InterruptedException) {
        Thread.currentThread().interrupt();
      }
      return TopicRetention.unknown(
          BrokerFailure.summarize(e, steps.connection().bootstrapServers()));
    }
  }

  /** Checks every codec that producers may have used, unless the broker recompresses. */
  private static StepResult<Boolean> codecs(Optional<TopicSettings> settings) {
    String configured = settings.map(TopicSettings::compression).orElse("producer");
    List<String> codecs =
        switch (configured) {
          case "producer" -> List.of("gzip", "snappy", "lz4", "zstd");
          case "uncompressed" -> List.of("none");
          default -> List.of(configured);
        };
    String failures =
        codecs.stream()
            .flatMap(codec -> new Codec(codec).failure().stream())
            .collect(joining("; "));
    return failures.isEmpty()
        ? StepResult.ok(true, "can decompress " + String.join(", ", codecs))
        : StepResult.warning(true, "", failures);
  }
}

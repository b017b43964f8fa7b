package dev.outflow.check;

import dev.outflow.kafka.TopicSettings;
import dev.outflow.kafka.broker.EventHubs;
import dev.outflow.kafka.option.KafkaOptions;
import dev.outflow.kafka.option.TableMode;
import dev.outflow.kafka.output.KafkaOutputOptions;
import dev.outflow.option.InvalidOptionsException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.config.TopicConfig;

/** Checks the effect of a topic's configuration on the records of an output. */
record OutputSettingsChecks(StepRunner steps, KafkaTable.Output table) {
  private static final long DEFAULT_MAX_REQUEST_SIZE = 1_048_576;

  void run(Optional<TopicSettings> settings, Optional<TopicDescription> topic) {
    run(CheckStep.REPLICAS, settings, config -> replicas(config, topic.orElseThrow()));
    run(CheckStep.RECORD_SIZE, settings, this::recordSize);
    run(CheckStep.TIMESTAMPS, settings, OutputSettingsChecks::timestamps);
    run(CheckStep.KEYS, settings, config -> keys(config, topic.orElseThrow()));
  }

  private void run(
      CheckStep step,
      Optional<TopicSettings> settings,
      Function<TopicSettings, StepResult<Boolean>> question) {
    steps.run(step, () -> question.apply(settings.orElseThrow()));
  }

  private static StepResult<Boolean> notReported(String setting) {
    return StepResult.unknown(true, "the brokers do not report " + setting);
  }

  private static StepResult<Boolean> replicas(TopicSettings settings, TopicDescription topic) {
    OptionalLong reported = settings.number(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG);
    if (reported.isEmpty()) {
      return notReported(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG);
    }
    long needed = reported.getAsLong();
    for (TopicPartitionInfo partition : topic.partitions()) {
      if (partition.isr().size() < needed) {
        throw InvalidOptionsException.of(
            KafkaOptions.TOPIC.key(),
            "partition %d rejects records: %d of its replicas are in sync, but min.insync.replicas is %d"
                .formatted(partition.partition(), partition.isr().size(), needed));
      }
    }
    return StepResult.ok(
        true, "enough replicas are in sync (min.insync.replicas %d)".formatted(needed));
  }

  private StepResult<Boolean> recordSize(TopicSettings settings) {
    long request = number(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, DEFAULT_MAX_REQUEST_SIZE);
    OptionalLong reported = settings.number(TopicConfig.MAX_MESSAGE_BYTES_CONFIG);
    if (reported.isEmpty()) {
      return StepResult.unknown(
          true,
          "up to %d bytes (max.request.size); the brokers do not report max.message.bytes"
              .formatted(request));
    }
    long topic = reported.getAsLong();
    return topic < request
        ? StepResult.warning(
            true,
            KafkaOptions.TOPIC.key(),
            "max.message.bytes %d is less than the producer's max.request.size %d: records between these limits count as bad records (see 'on-error'); raise it on the topic"
                .formatted(topic, request))
        : StepResult.ok(
            true,
            "up to %d bytes (max.request.size; the topic's max.message.bytes is %d)"
                .formatted(request, topic));
  }

  /** Returns a number as far as it is known before the client runs: it may be a reference. */
  private long number(String property, long defaultValue) {
    String written = table.output().producerProperties().getProperty(property, "");
    return written.matches("\\d{1,18}") ? Long.parseLong(written) : defaultValue;
  }

  private static StepResult<Boolean> timestamps(TopicSettings settings) {
    if (settings.find(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG).isEmpty()) {
      return notReported(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG);
    }
    if (settings.usesLogAppendTime()) {
      return StepResult.warning(
          true,
          KafkaOptions.TOPIC.key(),
          "message.timestamp.type LogAppendTime: Kafka replaces each record's event time with its arrival time; set CreateTime on the topic to keep event time");
    }
    long oldest =
        settings.number(TopicConfig.MESSAGE_TIMESTAMP_BEFORE_MAX_MS_CONFIG, Long.MAX_VALUE);
    return oldest < Long.MAX_VALUE
        ? StepResult.warning(
            true,
            KafkaOptions.TOPIC.key(),
            "message.timestamp.before.max.ms %d: Kafka rejects a record with an older event time, and the job fails"
                .formatted(oldest))
        : StepResult.ok(true, "message.timestamp.type CreateTime: event time is kept");
  }

  private StepResult<Boolean> keys(TopicSettings settings, TopicDescription topic) {
    if (table.output().mode() == TableMode.UPSERT) {
      return upserts(settings, topic);
    }
    if (settings.isCompacted() && table.output().partitionKey().isEmpty()) {
      throw InvalidOptionsException.of(
          KafkaOutputOptions.PARTITION_KEY.key(),
          "is required: '%s' is compacted (cleanup.policy) and rejects records without a key"
              .formatted(topic.name()));
    }
    if (table.output().partitionKey().isEmpty()
        && settings.find(TopicConfig.CLEANUP_POLICY_CONFIG).isEmpty()) {
      return notReported(TopicConfig.CLEANUP_POLICY_CONFIG);
    }
    return StepResult.ok(
        true,
        table.output().partitionKey().isEmpty()
            ? "records have no key, and the topic does not require one"
            : "partition-key " + String.join(";", table.output().partitionKey()));
  }

  /** A topic that is not compacted forgets rows that have not changed for a while. */
  private StepResult<Boolean> upserts(TopicSettings settings, TopicDescription topic) {
    String key =
        "%s %s"
            .formatted(
                KafkaOutputOptions.PARTITION_KEY.key(),
                String.join(";", table.output().partitionKey()));
    Optional<String> policy = settings.find(TopicConfig.CLEANUP_POLICY_CONFIG);
    if (policy.isEmpty()) {
      return StepResult.unknown(
          true,
          "%s; the brokers do not report cleanup.policy, which must be compact for mode 'upsert'%s"
              .formatted(
                  key,
                  table.output().connection().kind() instanceof EventHubs
                      ? ": choose cleanup policy Compact when you create the event hub"
                      : ""));
    }
    if (policy.get().equals(TopicConfig.CLEANUP_POLICY_COMPACT)) {
      return StepResult.ok(
          true, "%s; the topic keeps the last record of each key (compact)".formatted(key));
    }
    return StepResult.warning(
        true,
        KafkaOutputOptions.MODE.key(),
        "'%s' has cleanup.policy %s: Kafka deletes records after retention.ms %s, so rows that do not change in that time disappear; set cleanup.policy compact on the topic"
            .formatted(
                topic.name(),
                policy.get(),
                settings.find(TopicConfig.RETENTION_MS_CONFIG).orElse("?")));
  }
}

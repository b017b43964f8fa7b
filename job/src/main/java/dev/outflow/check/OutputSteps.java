package dev.outflow.check;

import dev.outflow.kafka.TopicSettings;
import dev.outflow.kafka.option.KafkaOptions;
import dev.outflow.kafka.output.KafkaOutput;
import dev.outflow.kafka.output.KafkaOutputOptions;
import dev.outflow.kafka.output.OutputCheck;
import dev.outflow.kafka.transaction.TransactionTimeout;
import dev.outflow.option.InvalidOptionsException;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.config.TopicConfig;

/** Whether an output can be written as it is to be. */
record OutputSteps(Steps steps, KafkaTable.Output target) {
  private static final long MAX_REQUEST_SIZE = 1_048_576;

  void run(
      Callable<Admin> admin,
      Callable<ApiVersions> versions,
      TopicSteps topics,
      Optional<TopicDescription> topic) {
    OutputCheck check = new OutputCheck(target.output(), target.checkpoints(), TopicSteps.WAIT);
    steps.ask("write", TopicSteps.WAIT, () -> write(check, topic.orElseThrow()), "topic");
    if (check.isExactlyOnce()) {
      steps.ask("transactions", TopicSteps.WAIT, () -> transactions(check, admin.call()), "topic");
      steps.ask("safe stop", TopicSteps.WAIT, () -> safeStop(check, admin.call()), "transactions");
    }
    Optional<TopicSettings> settings = topics.settings(admin);
    ask("replicas", settings, it -> replicas(it, topic.orElseThrow()));
    ask("record size", settings, this::recordSize);
    ask("timestamps", settings, OutputSteps::timestamps);
    ask("keys", settings, this::keys);
    steps.ask("codec", TopicSteps.WAIT, () -> codec(settings, versions.call()), "topic");
  }

  private void ask(
      String name,
      Optional<TopicSettings> settings,
      Function<TopicSettings, StepResult<Boolean>> question) {
    steps.ask(name, TopicSteps.WAIT, () -> question.apply(settings.orElseThrow()), "settings");
  }

  private static StepResult<Boolean> write(OutputCheck check, TopicDescription topic) {
    check.checkMayWrite(topic);
    return StepResult.ok(true, "allowed");
  }

  private StepResult<Boolean> transactions(OutputCheck check, Admin admin)
      throws ExecutionException, InterruptedException {
    check.checkTransactions(admin);
    return StepResult.ok(
        true,
        "allowed, with ids that begin with '%s'"
            .formatted(target.output().transactionalIdPrefix()));
  }

  private static StepResult<Boolean> safeStop(OutputCheck check, Admin admin)
      throws ExecutionException, InterruptedException {
    TransactionTimeout timeout = check.timeout(admin);
    return timeout.brokerMaximum().isPresent()
        ? StepResult.ok(
            true,
            "%s; transaction.max.timeout.ms %d"
                .formatted(timeout, timeout.brokerMaximum().get().toMillis()))
        : StepResult.warning(
            true,
            "",
            "%s; allow DESCRIBE_CONFIGS on the cluster to have transaction.max.timeout.ms checked"
                .formatted(timeout));
  }

  private static StepResult<Boolean> replicas(TopicSettings settings, TopicDescription topic) {
    long needed = settings.number(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG, 1);
    for (TopicPartitionInfo partition : topic.partitions()) {
      if (partition.isr().size() < needed) {
        throw InvalidOptionsException.of(
            KafkaOptions.TOPIC.key(),
            "partition %d takes no records: %d of its replicas are in sync, and min.insync.replicas is %d"
                .formatted(partition.partition(), partition.isr().size(), needed));
      }
    }
    return StepResult.ok(true, "enough are in sync: min.insync.replicas %d".formatted(needed));
  }

  private StepResult<Boolean> recordSize(TopicSettings settings) {
    long request = number(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, MAX_REQUEST_SIZE);
    long topic = settings.number(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Long.MAX_VALUE);
    return topic < request
        ? StepResult.warning(
            true,
            KafkaOptions.TOPIC.key(),
            "max.message.bytes %d is less than the producer's max.request.size %d: a record between them is a bad one ('on-error'); raise it on the topic"
                .formatted(topic, request))
        : StepResult.ok(
            true,
            "up to %d bytes: max.request.size, within max.message.bytes %d"
                .formatted(request, topic));
  }

  /** As far as it is known before the client runs. */
  private long number(String property, long otherwise) {
    String written = target.output().connection().kafka().getOrDefault(property, "");
    return written.matches("\\d{1,18}") ? Long.parseLong(written) : otherwise;
  }

  private static StepResult<Boolean> timestamps(TopicSettings settings) {
    if (settings.usesLogAppendTime()) {
      return StepResult.warning(
          true,
          KafkaOptions.TOPIC.key(),
          "message.timestamp.type LogAppendTime: Kafka puts the time of arrival in place of each record's event time; set CreateTime on the topic to keep that");
    }
    long oldest =
        settings.number(TopicConfig.MESSAGE_TIMESTAMP_BEFORE_MAX_MS_CONFIG, Long.MAX_VALUE);
    return oldest < Long.MAX_VALUE
        ? StepResult.warning(
            true,
            KafkaOptions.TOPIC.key(),
            "message.timestamp.before.max.ms %d: a record with an older event time is refused and ends the job"
                .formatted(oldest))
        : StepResult.ok(true, "message.timestamp.type CreateTime: event time is kept");
  }

  private StepResult<Boolean> keys(TopicSettings settings) {
    if (settings.isCompacted() && target.output().partitionKey().isEmpty()) {
      throw InvalidOptionsException.of(
          KafkaOutputOptions.PARTITION_KEY.key(),
          "is not set, and '%s' takes only records with a key (its cleanup.policy is compact); set it"
              .formatted(target.topic()));
    }
    return StepResult.ok(
        true,
        target.output().partitionKey().isEmpty()
            ? "none, and none are needed"
            : "partition-key is " + String.join(";", target.output().partitionKey()));
  }

  private StepResult<Boolean> codec(Optional<TopicSettings> settings, ApiVersions versions) {
    KafkaOutput output = target.output();
    String codec =
        output
            .connection()
            .resolve(
                KafkaOptions.KAFKA_PREFIX + ProducerConfig.COMPRESSION_TYPE_CONFIG,
                output.producerProperties().getProperty(ProducerConfig.COMPRESSION_TYPE_CONFIG));
    String property = KafkaOutputOptions.COMPRESSION_TYPE.key();
    new Codec(codec)
        .failure()
        .ifPresent(
            failure -> {
              throw InvalidOptionsException.of(property, failure);
            });
    if (codec.equals(Codec.ZSTD)
        && !versions.has(ApiVersions.PRODUCE, ApiVersions.PRODUCE_WITH_ZSTD)) {
      throw InvalidOptionsException.of(
          property, "zstd needs Kafka 2.1 or newer, and these brokers are older; take lz4");
    }
    String kept = settings.map(TopicSettings::compression).orElse("producer");
    boolean same = kept.equals("producer") || kept.equals(codec);
    return same
        ? StepResult.ok(true, "%s works here and on the brokers".formatted(codec))
        : StepResult.warning(
            true,
            property,
            "%s, but the topic's compression.type is %s: the brokers compress each batch anew, at their cost; write the same"
                .formatted(codec, kept));
  }
}

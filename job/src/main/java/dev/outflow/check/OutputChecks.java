package dev.outflow.check;

import dev.outflow.kafka.KafkaConnection;
import dev.outflow.kafka.TopicSettings;
import dev.outflow.kafka.option.KafkaOptions;
import dev.outflow.kafka.output.KafkaOutputOptions;
import dev.outflow.kafka.output.OutputCheck;
import dev.outflow.kafka.transaction.TransactionTimeout;
import dev.outflow.option.InvalidOptionsException;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.protocol.ApiKeys;

/** Checks that an output can be written as configured. */
record OutputChecks(
    StepRunner steps, KafkaTable.Output table, Consumer<TransactionTimeout> transactionTimeouts) {
  private static final long DEFAULT_MAX_REQUEST_SIZE = 1_048_576;

  void run(
      Callable<Admin> admin,
      Callable<Optional<ApiVersions>> versions,
      TopicChecks topics,
      Optional<TopicDescription> topic) {
    OutputCheck check = new OutputCheck(table.output(), table.checkpoints());
    steps.run(
        CheckStep.WRITE,
        () -> {
          check.checkMayWrite(topic.orElseThrow());
          return StepResult.ok(true, "authorized to write");
        });
    if (check.isExactlyOnce()) {
      steps.run(CheckStep.TRANSACTIONS, () -> transactions(check, admin.call()));
      steps.run(CheckStep.DOWNTIME, () -> downtime(check, admin.call()));
    }
    Optional<TopicSettings> settings = topics.settings();
    run(CheckStep.REPLICAS, settings, config -> replicas(config, topic.orElseThrow()));
    run(CheckStep.RECORD_SIZE, settings, this::recordSize);
    run(CheckStep.TIMESTAMPS, settings, OutputChecks::timestamps);
    run(CheckStep.KEYS, settings, this::keys);
    steps.run(CheckStep.COMPRESSION, () -> compression(settings, versions.call()));
    steps.run(CheckStep.CODEC, this::codec);
  }

  private void run(
      CheckStep step,
      Optional<TopicSettings> settings,
      Function<TopicSettings, StepResult<Boolean>> question) {
    steps.run(step, () -> question.apply(settings.orElseThrow()));
  }

  private StepResult<Boolean> transactions(OutputCheck check, Admin admin)
      throws ExecutionException, InterruptedException {
    check.checkTransactions(admin);
    return StepResult.ok(
        true,
        "authorized for transactional ids starting with '%s'"
            .formatted(table.output().transactionalIdPrefix()));
  }

  private StepResult<Boolean> downtime(OutputCheck check, Admin admin)
      throws ExecutionException, InterruptedException {
    TransactionTimeout timeout = check.timeout(admin);
    transactionTimeouts.accept(timeout);
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
            "partition %d rejects records: %d of its replicas are in sync, but min.insync.replicas is %d"
                .formatted(partition.partition(), partition.isr().size(), needed));
      }
    }
    return StepResult.ok(
        true, "enough replicas are in sync (min.insync.replicas %d)".formatted(needed));
  }

  private StepResult<Boolean> recordSize(TopicSettings settings) {
    long request = number(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, DEFAULT_MAX_REQUEST_SIZE);
    long topic = settings.number(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Long.MAX_VALUE);
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
    String written = table.output().connection().kafka().getOrDefault(property, "");
    return written.matches("\\d{1,18}") ? Long.parseLong(written) : defaultValue;
  }

  private static StepResult<Boolean> timestamps(TopicSettings settings) {
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

  private StepResult<Boolean> keys(TopicSettings settings) {
    if (settings.isCompacted() && table.output().partitionKey().isEmpty()) {
      throw InvalidOptionsException.of(
          KafkaOutputOptions.PARTITION_KEY.key(),
          "is required: '%s' is compacted (cleanup.policy) and rejects records without a key"
              .formatted(table.topic()));
    }
    return StepResult.ok(
        true,
        table.output().partitionKey().isEmpty()
            ? "records have no key, and the topic does not require one"
            : "partition-key " + String.join(";", table.output().partitionKey()));
  }

  private StepResult<Boolean> compression(
      Optional<TopicSettings> settings, Optional<ApiVersions> versions) {
    String property = KafkaOutputOptions.COMPRESSION_TYPE.key();
    String codec = codecName();
    boolean known = !codec.equals(Codec.ZSTD) || versions.isPresent();
    if (codec.equals(Codec.ZSTD)
        && versions
            .filter(broker -> !broker.supports(ApiKeys.PRODUCE, ApiVersions.PRODUCE_WITH_ZSTD))
            .isPresent()) {
      throw InvalidOptionsException.of(
          property, "zstd requires Kafka 2.1 or later, and these brokers are older; use lz4");
    }
    String configured = settings.map(TopicSettings::compression).orElse("producer");
    if (!configured.equals("producer") && !configured.equals(codec)) {
      return StepResult.warning(
          true,
          property,
          "%s, but the topic's compression.type is %s, so the brokers recompress every batch; use the same codec"
              .formatted(codec, configured));
    }
    return StepResult.ok(
        true,
        (known ? "%s is supported by the brokers" : "%s; unknown whether the brokers support it")
            .formatted(codec));
  }

  private StepResult<Boolean> codec() {
    Codec codec = new Codec(codecName());
    codec
        .failure()
        .ifPresent(
            failure -> {
              throw InvalidOptionsException.of(KafkaOutputOptions.COMPRESSION_TYPE.key(), failure);
            });
    return StepResult.ok(true, codec.name() + " works in this JVM");
  }

  private String codecName() {
    String property = ProducerConfig.COMPRESSION_TYPE_CONFIG;
    KafkaConnection connection = table.output().connection();
    return connection.resolve(
        KafkaOptions.KAFKA_PREFIX + property,
        connection.kafka().getOrDefault(property, table.output().compressionType().toString()));
  }
}

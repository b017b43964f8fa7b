package dev.outflow.check;

import dev.outflow.kafka.Authorization;
import dev.outflow.kafka.KafkaConnection;
import dev.outflow.kafka.SettingsAnswer;
import dev.outflow.kafka.TopicSettings;
import dev.outflow.kafka.broker.BrokerCapabilities;
import dev.outflow.kafka.broker.BrokerCapabilities.Support;
import dev.outflow.kafka.broker.EventHubs;
import dev.outflow.kafka.broker.Permission;
import dev.outflow.kafka.option.KafkaOptions;
import dev.outflow.kafka.output.KafkaOutputOptions;
import dev.outflow.kafka.output.OutputCheck;
import dev.outflow.kafka.transaction.ClusterInfo;
import dev.outflow.kafka.transaction.TransactionTimeout;
import dev.outflow.option.InvalidOptionsException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.protocol.ApiKeys;

/** Checks that an output can be written as configured. */
record OutputChecks(
    StepRunner steps, KafkaTable.Output table, Consumer<TransactionTimeout> transactionTimeouts) {
  /**
   * Runs the checks.
   *
   * @param others the other topics, if the output has several
   */
  void run(
      Callable<Admin> admin,
      Callable<Optional<BrokerCapabilities>> capabilities,
      TopicChecks topics,
      Optional<TopicDescription> topic,
      List<TopicChecks> others) {
    OutputCheck check = new OutputCheck(table.output(), table.checkpoints());
    write(check, topics, topic);
    if (check.isExactlyOnce()) {
      steps.run(
          CheckStep.TRANSACTIONS, () -> transactions(check, admin.call(), capabilities.call()));
      steps.run(CheckStep.DOWNTIME, () -> downtime(check, admin.call()));
    }
    settings(capabilities, topics, topic);
    steps.run(CheckStep.CODEC, this::codec);
    for (TopicChecks other : others) {
      Optional<TopicDescription> description = other.describe();
      write(check, other, description);
      settings(capabilities, other, description);
    }
  }

  private static void write(
      OutputCheck check, TopicChecks topics, Optional<TopicDescription> topic) {
    topics
        .steps()
        .run(
            CheckStep.WRITE,
            () ->
                topics.authorized(
                    check.checkMayWrite(topic.orElseThrow()),
                    Permission.WRITE_TOPIC,
                    "authorized to write"));
  }

  private void settings(
      Callable<Optional<BrokerCapabilities>> capabilities,
      TopicChecks topics,
      Optional<TopicDescription> topic) {
    StepRunner ofTopic = topics.steps();
    Optional<TopicSettings> settings = topics.settings();
    new OutputSettingsChecks(ofTopic, table).run(settings, topic);
    if (ofTopic.connection().kind() instanceof EventHubs) {
      ofTopic.run(
          CheckStep.THROUGHPUT,
          () ->
              topics.throughput(
                  topic.orElseThrow(),
                  "1 MB/s or 1000 events/s in, for all producers",
                  "produce-throttle-time-avg"));
    }
    ofTopic.run(CheckStep.COMPRESSION, () -> compression(settings, capabilities.call()));
  }

  private StepResult<Boolean> transactions(
      OutputCheck check, Admin admin, Optional<BrokerCapabilities> capabilities)
      throws ExecutionException, InterruptedException {
    capabilities.ifPresent(check::checkSupported);
    if (check.checkTransactions(admin) == Authorization.ALLOWED) {
      return open(
          check.openTransactions(admin),
          "authorized for transactional ids starting with '%s'"
              .formatted(table.output().transactionalIdPrefix()));
    }
    return StepResult.unknown(
        true,
        "%s report whether transactional ids starting with '%s' are authorized, which requires Kafka 3.0 or later"
            .formatted(
                capabilities.isPresent()
                    ? "these brokers support transactions, but do not"
                    : "these brokers do not",
                table.output().transactionalIdPrefix()));
  }

  /** Open transactions are as they should be while the job is running, but not before its start. */
  private StepResult<Boolean> open(long transactions, String authorized) {
    if (transactions == 0) {
      return StepResult.ok(true, authorized);
    }
    String text =
        "%s; %d open: a job with this name is running, or ended without a savepoint"
            .formatted(authorized, transactions);
    return steps.scope() == CheckScope.EVERYTHING
        ? StepResult.ok(true, text)
        : StepResult.warning(
            true,
            "",
            text + "; two jobs with one name share consumer groups and metrics, so rename one");
  }

  private StepResult<Boolean> downtime(OutputCheck check, Admin admin)
      throws ExecutionException, InterruptedException {
    ClusterInfo cluster = ClusterInfo.describe(admin);
    TransactionTimeout timeout = check.timeout(cluster);
    transactionTimeouts.accept(timeout);
    if (timeout.brokerMaximum().isPresent()) {
      return StepResult.ok(
          true,
          "%s; transaction.max.timeout.ms %d"
              .formatted(timeout, timeout.brokerMaximum().get().toMillis()));
    }
    String refusal = cluster.maxTransactionTimeout().refusal();
    return StepResult.warning(
        true,
        "",
        refusal.equals(SettingsAnswer.NOT_AUTHORIZED)
                && !(steps.connection().kind() instanceof EventHubs)
            ? "%s; allow DESCRIBE_CONFIGS on the cluster to have transaction.max.timeout.ms checked"
                .formatted(timeout)
            : "%s; transaction.max.timeout.ms is unknown: %s".formatted(timeout, refusal));
  }

  private StepResult<Boolean> compression(
      Optional<TopicSettings> settings, Optional<BrokerCapabilities> capabilities) {
    String property = KafkaOutputOptions.COMPRESSION_TYPE.key();
    String codec = codecName();
    Support support =
        capabilities
            .map(brokers -> brokers.compression(codec))
            .orElse(codec.equals(Codec.NONE) ? Support.YES : Support.UNKNOWN);
    if (support == Support.NO) {
      throw InvalidOptionsException.of(property, unsupported(codec, capabilities.orElseThrow()));
    }
    String configured = settings.map(TopicSettings::compression).orElse("producer");
    if (!configured.equals("producer") && !configured.equals(codec)) {
      return StepResult.warning(
          true,
          property,
          "%s, but the topic's compression.type is %s, so the brokers recompress every batch; use the same codec"
              .formatted(codec, configured));
    }
    return support == Support.YES
        ? StepResult.ok(true, codec + " is supported by the brokers")
        : StepResult.unknown(
            true,
            "the brokers %s whether they support %s"
                .formatted(capabilities.isPresent() ? "do not report" : "were not asked", codec));
  }

  /** Brokers that support zstd in one direction only are not an old Apache Kafka. */
  private static String unsupported(String codec, BrokerCapabilities brokers) {
    return brokers.supports(ApiKeys.PRODUCE, BrokerCapabilities.PRODUCE_WITH_ZSTD)
        ? "%s requires Fetch %d, but these brokers support Fetch %s; use none"
            .formatted(codec, BrokerCapabilities.FETCH_WITH_ZSTD, brokers.versions(ApiKeys.FETCH))
        : "%s requires Kafka 2.1 or later, and these brokers are older; use lz4".formatted(codec);
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

package dev.outflow.kafka.transaction;

import dev.outflow.kafka.BrokerFailure;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.connector.kafka.sink.KafkaWriterState;
import org.apache.flink.connector.kafka.sink.internal.TransactionOwnership;
import org.apache.flink.metrics.MetricGroup;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The setup of a writer, which depends on the brokers' transaction limits.
 *
 * @param producer the producer's properties, including the transaction timeout
 * @param tracker must receive the metadata of each written record
 */
record TransactionalWriterSetup(Properties producer, TransactionTracker tracker) {
  private static final Logger LOG = LoggerFactory.getLogger(TransactionalWriterSetup.class);
  private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(30);

  /**
   * Asks the brokers, for 30 s at most per request, chooses the transaction timeout and reports the
   * maximum safe downtime and dangling transactions.
   *
   * @throws ExactlyOnceException if the limits or the restored state rule out exactly-once
   */
  static TransactionalWriterSetup prepare(
      TransactionSettings settings,
      Properties configured,
      WriterInitContext context,
      Collection<KafkaWriterState> states)
      throws IOException {
    checkNaming(settings, states);
    KafkaClientFactory clients = new KafkaClientFactory(configured, REQUEST_TIMEOUT);
    ClusterInfo cluster;
    TransactionTimeout timeout;
    try (Admin admin = clients.admin()) {
      cluster = ClusterInfo.describe(admin);
      timeout = timeout(settings, configured, cluster);
      if (context.getTaskInfo().getIndexOfThisSubtask() == 0) {
        LOG.info("Output '{}': {}", settings.alias(), timeout);
        reportDangling(settings, clients, admin, context, states);
      }
    } catch (ExecutionException | KafkaException e) {
      throw new IOException(
          "output '%s': %s"
              .formatted(settings.alias(), BrokerFailure.summarize(e, clients.bootstrapServers())),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while asking " + clients.bootstrapServers(), e);
    }
    Properties producer = new Properties();
    producer.putAll(configured);
    producer.put(
        ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, String.valueOf(timeout.value().toMillis()));
    TransactionTracker tracker =
        new TransactionTracker(
            cluster.clusterId(),
            clients.bootstrapServers(),
            context.getRestoredCheckpointId().orElse(0),
            Clock.systemUTC());
    MetricGroup metrics = context.metricGroup();
    metrics.gauge("max-safe-downtime-ms", () -> timeout.maxSafeDowntime().toMillis());
    metrics.gauge("transaction-open-ms", () -> tracker.age().toMillis());
    return new TransactionalWriterSetup(producer, tracker);
  }

  /** Rejects state from pooling if naming is incrementing. */
  private static void checkNaming(
      TransactionSettings settings, Collection<KafkaWriterState> states) {
    boolean pooled =
        states.stream()
            .anyMatch(
                state ->
                    state.getTransactionOwnership()
                        == TransactionOwnership.EXPLICIT_BY_WRITER_STATE);
    if (pooled && settings.naming() == TransactionNaming.INCREMENTING) {
      throw new ExactlyOnceException(
          ("output '%s': transaction-naming: the restored state uses 'pooling', and a change to"
                  + " 'incrementing' would lose records; keep 'pooling', or write under another"
                  + " alias")
              .formatted(settings.alias()));
    }
  }

  private static TransactionTimeout timeout(
      TransactionSettings settings, Properties configured, ClusterInfo cluster) {
    TransactionTimeout timeout = settings.timeout(configured, cluster);
    timeout
        .problem()
        .ifPresent(
            problem -> {
              throw new ExactlyOnceException(
                  "output '%s': %s".formatted(settings.alias(), problem));
            });
    return timeout;
  }

  /** Does nothing if listing transactions is not authorized or not supported. */
  private static void reportDangling(
      TransactionSettings settings,
      KafkaClientFactory clients,
      Admin admin,
      WriterInitContext context,
      Collection<KafkaWriterState> states)
      throws InterruptedException {
    try {
      DanglingTransactions open =
          DanglingTransactions.find(
              admin,
              settings.transactionalIdPrefix(),
              states.stream().map(KafkaWriterState::getTransactionalIdPrefix).toList(),
              context.getRestoredCheckpointId().orElse(0));
      if (settings.naming() == TransactionNaming.INCREMENTING) {
        context.metricGroup().gauge("aborted-transactions", open::aborted);
      }
      context.metricGroup().gauge("left-open-transactions", () -> open.dangling().size());
      open.dangling().forEach(transaction -> warn(settings, clients, transaction));
    } catch (ExecutionException | KafkaException e) {
      LOG.info("Output '{}': cannot list open transactions: {}", settings.alias(), e.getMessage());
    }
  }

  private static void warn(
      TransactionSettings settings, KafkaClientFactory clients, DanglingTransaction transaction) {
    LOG.warn(
        "Output '{}': transaction {} of another run is still open (until {} at most) and blocks read_committed consumers. If no other job of this name is running, abort it: kafka-transactions.sh --bootstrap-server {} forceTerminateTransaction --transactionalId {}",
        settings.alias(),
        transaction.transactionalId(),
        transaction.timeout(),
        clients.bootstrapServers(),
        transaction.transactionalId());
  }
}

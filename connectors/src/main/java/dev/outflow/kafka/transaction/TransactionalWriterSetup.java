package dev.outflow.kafka.transaction;

import dev.outflow.secret.Causes;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
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
 * What a writer needs to know of the brokers before its first transaction.
 *
 * @param producer the producer's properties, the transaction timeout among them
 * @param context Flink's, in which the recorder is told of each record
 * @param recorder follows the current transaction
 */
record TransactionalWriterSetup(
    TransactionSettings settings,
    Properties producer,
    WriterInitContext context,
    TransactionRecorder recorder) {
  private static final Logger LOG = LoggerFactory.getLogger(TransactionalWriterSetup.class);
  private static final Duration WAIT = Duration.ofSeconds(30);

  /** Asks the brokers, 30 s at most for each answer, and says how long the job may stand still. */
  static TransactionalWriterSetup of(
      TransactionSettings settings,
      Properties given,
      WriterInitContext context,
      Collection<KafkaWriterState> states)
      throws IOException {
    KafkaClients clients = new KafkaClients(given, WAIT);
    TransactionBroker broker = ask(settings, clients);
    TransactionTimeout timeout = settings.timeout(given, broker);
    timeout
        .problem()
        .ifPresent(
            problem -> {
              throw new ExactlyOnceException(
                  "output '%s': %s".formatted(settings.alias(), problem));
            });
    if (context.getTaskInfo().getIndexOfThisSubtask() == 0) {
      LOG.info("Output '{}' is {}", settings.alias(), timeout);
      tellOfOpen(settings, clients, context, states);
    }
    MetricGroup metrics = context.metricGroup();
    metrics.gauge("longest-safe-stop-ms", () -> timeout.longestSafeStop().toMillis());

    Properties producer = new Properties();
    producer.putAll(given);
    producer.put(
        ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, String.valueOf(timeout.value().toMillis()));
    TransactionRecorder recorder =
        new TransactionRecorder(
            broker.clusterId(),
            clients.bootstrapServers(),
            context.getRestoredCheckpointId().orElse(0),
            Clock.systemUTC());
    metrics.gauge("transaction-open-ms", () -> recorder.age().toMillis());
    return new TransactionalWriterSetup(
        settings, producer, new RecordingContext(context, recorder), recorder);
  }

  /** Refuses state that another naming has left. */
  void check(Collection<KafkaWriterState> states) {
    boolean pooled =
        states.stream()
            .anyMatch(
                state ->
                    state.getTransactionOwnership()
                        == TransactionOwnership.EXPLICIT_BY_WRITER_STATE);
    if (pooled && settings.naming() == TransactionNaming.INCREMENTING) {
      throw new ExactlyOnceException(
          ("output '%s': transaction-naming: the state comes from 'pooling', after which"
                  + " 'incrementing' cannot follow without losing records; leave it 'pooling', or"
                  + " write under another alias")
              .formatted(settings.alias()));
    }
  }

  /** As far as the brokers tell. */
  private static void tellOfOpen(
      TransactionSettings settings,
      KafkaClients clients,
      WriterInitContext context,
      Collection<KafkaWriterState> states)
      throws IOException {
    List<String> known = states.stream().map(KafkaWriterState::getTransactionalIdPrefix).toList();
    try (Admin admin = clients.admin()) {
      DanglingTransactions open =
          DanglingTransactions.find(
              admin,
              settings.transactionalIdPrefix(),
              known,
              context.getRestoredCheckpointId().orElse(0));
      if (settings.naming() == TransactionNaming.INCREMENTING) {
        context.metricGroup().gauge("aborted-transactions", open::aborted);
      }
      context.metricGroup().gauge("left-open-transactions", () -> open.leftOpen().size());
      open.leftOpen().forEach(each -> warn(settings, clients, each));
    } catch (ExecutionException | KafkaException e) {
      LOG.info(
          "Output '{}': open transactions cannot be listed: {}", settings.alias(), e.getMessage());
    } catch (InterruptedException e) {
      throw interrupted(clients, e);
    }
  }

  private static void warn(
      TransactionSettings settings, KafkaClients clients, DanglingTransaction open) {
    LOG.warn(
        "Output '{}': the transaction {} of another start of it is open, until {} at the latest; readers of committed records see nothing behind it. If no other job of this name runs, end it: kafka-transactions.sh --bootstrap-server {} forceTerminateTransaction --transactionalId {}",
        settings.alias(),
        open.transactionalId(),
        open.end(),
        clients.bootstrapServers(),
        open.transactionalId());
  }

  private static IOException interrupted(KafkaClients clients, InterruptedException e) {
    Thread.currentThread().interrupt();
    return new IOException("interrupted while asking " + clients.bootstrapServers(), e);
  }

  private static TransactionBroker ask(TransactionSettings settings, KafkaClients clients)
      throws IOException {
    try (Admin admin = clients.admin()) {
      return TransactionBroker.ask(admin);
    } catch (ExecutionException | KafkaException e) {
      throw new IOException(
          "output '%s': %s does not answer: %s"
              .formatted(settings.alias(), clients.bootstrapServers(), Causes.of(e).rootMessage()),
          e);
    } catch (InterruptedException e) {
      throw interrupted(clients, e);
    }
  }
}

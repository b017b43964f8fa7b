package dev.outflow.kafka.transaction;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListTransactionsOptions;
import org.apache.kafka.clients.admin.TransactionDescription;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.common.errors.ApiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Transactions that another start of the same output has left open: of a job that was killed and
 * not restored, or of one that still runs. Readers of committed records wait for them. They are not
 * ended here, because nobody can tell which of the two it is.
 */
final class LeftOpen {
  private static final Logger LOG = LoggerFactory.getLogger(LeftOpen.class);

  private LeftOpen() {}

  /** Warns of each, as far as the brokers tell; {@code known} are prefixes that the state ends. */
  static void warn(TransactionSettings settings, KafkaClients clients, Collection<String> known)
      throws InterruptedException {
    try (Admin admin = clients.admin()) {
      ListTransactionsOptions open =
          new ListTransactionsOptions().filterStates(List.of(TransactionState.ONGOING));
      for (TransactionListing found : admin.listTransactions(open).all().get()) {
        String id = found.transactionalId();
        if (TransactionalIds.isOfAnotherStart(id, settings.transactionalIdPrefix(), known)) {
          LOG.warn(
              "Output '{}': the transaction {} of another start of it is open, until {} at the latest; readers of committed records see nothing behind it. If no other job of this name runs, end it: kafka-transactions.sh --bootstrap-server {} forceTerminateTransaction --transactional-id {}",
              settings.alias(),
              id,
              end(admin.describeTransactions(List.of(id)).description(id).get()),
              clients.bootstrapServers(),
              id);
        }
      }
    } catch (ExecutionException | ApiException e) {
      LOG.info(
          "Output '{}': open transactions cannot be listed: {}", settings.alias(), e.getMessage());
    }
  }

  private static Instant end(TransactionDescription transaction) {
    long start = transaction.transactionStartTimeMs().orElseGet(System::currentTimeMillis);
    return Instant.ofEpochMilli(start + transaction.transactionTimeoutMs());
  }
}

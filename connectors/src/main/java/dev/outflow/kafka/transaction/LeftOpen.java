package dev.outflow.kafka.transaction;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListTransactionsOptions;
import org.apache.kafka.clients.admin.TransactionDescription;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.clients.admin.TransactionState;

/**
 * A transaction that another start of the same output has left open: of a job that was killed and
 * not restored, or of one that still runs. Readers of committed records wait for it. It is not
 * ended here, because nobody can tell which of the two it is.
 *
 * @param end when Kafka is going to end it
 */
record LeftOpen(String transactionalId, Instant end) {

  /**
   * All that there are for a prefix.
   *
   * @param known prefixes whose transactions the restored state ends
   */
  static List<LeftOpen> find(Admin admin, String prefix, Collection<String> known)
      throws ExecutionException, InterruptedException {
    ListTransactionsOptions open =
        new ListTransactionsOptions().filterStates(List.of(TransactionState.ONGOING));
    List<LeftOpen> found = new ArrayList<>();
    for (TransactionListing each : admin.listTransactions(open).all().get()) {
      String id = each.transactionalId();
      if (TransactionalIds.isOfAnotherStart(id, prefix, known)) {
        found.add(
            new LeftOpen(id, end(admin.describeTransactions(List.of(id)).description(id).get())));
      }
    }
    return found;
  }

  private static Instant end(TransactionDescription transaction) {
    long start = transaction.transactionStartTimeMs().orElseGet(System::currentTimeMillis);
    return Instant.ofEpochMilli(start + transaction.transactionTimeoutMs());
  }
}

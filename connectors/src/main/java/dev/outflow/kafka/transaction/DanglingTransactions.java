package dev.outflow.kafka.transaction;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListTransactionsOptions;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.clients.admin.TransactionState;

/**
 * The transactions of an output that are open when its writers start.
 *
 * @param aborted how many the start is going to abort: what was written to them since the last
 *     checkpoint is written again
 * @param leftOpen those of other starts
 */
record DanglingTransactions(long aborted, List<DanglingTransaction> leftOpen) {

  /**
   * Asks Kafka.
   *
   * @param prefix of this start
   * @param known prefixes of which the restored state tells
   * @param checkpoint from which the output goes on, 0 if from none
   */
  static DanglingTransactions find(
      Admin admin, String prefix, Collection<String> known, long checkpoint)
      throws ExecutionException, InterruptedException {
    ListTransactionsOptions open =
        new ListTransactionsOptions().filterStates(List.of(TransactionState.ONGOING));
    long aborted = 0;
    List<DanglingTransaction> leftOpen = new ArrayList<>();
    for (TransactionListing each : admin.listTransactions(open).all().get()) {
      String id = each.transactionalId();
      if (TransactionalIds.isOfAnotherStart(id, prefix, known)) {
        leftOpen.add(
            DanglingTransaction.of(
                admin.describeTransactions(List.of(id)).description(id).get(), id));
      } else if (TransactionalIds.isAfter(id, prefix, known, checkpoint)) {
        aborted++;
      }
    }
    return new DanglingTransactions(aborted, leftOpen);
  }
}

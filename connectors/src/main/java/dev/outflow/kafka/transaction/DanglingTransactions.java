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
 * @param aborted how many this start aborts; their records, written since the last checkpoint, are
 *     written again
 * @param dangling the transactions of other runs
 */
record DanglingTransactions(long aborted, List<DanglingTransaction> dangling) {

  /**
   * Lists them.
   *
   * @param prefix this run's prefix
   * @param restored the prefixes in the restored state
   * @param checkpoint the restored checkpoint, 0 if there is none
   */
  static DanglingTransactions find(
      Admin admin, String prefix, Collection<String> restored, long checkpoint)
      throws ExecutionException, InterruptedException {
    ListTransactionsOptions open =
        new ListTransactionsOptions().filterStates(List.of(TransactionState.ONGOING));
    long aborted = 0;
    List<DanglingTransaction> dangling = new ArrayList<>();
    for (TransactionListing transaction : admin.listTransactions(open).all().get()) {
      String id = transaction.transactionalId();
      if (TransactionalIds.isOfAnotherRun(id, prefix, restored)) {
        dangling.add(
            DanglingTransaction.of(
                admin.describeTransactions(List.of(id)).description(id).get(), id));
      } else if (TransactionalIds.isAfter(id, prefix, restored, checkpoint)) {
        aborted++;
      }
    }
    return new DanglingTransactions(aborted, dangling);
  }
}

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
public record DanglingTransactions(long aborted, List<DanglingTransaction> dangling) {

  /**
   * Returns how many transactions of an output are open, of whichever run. An output of a running
   * job has one for each subtask that has written since the last checkpoint.
   *
   * @param prefix the part of their ids that all runs share
   * @throws ExecutionException if the brokers are older than Kafka 3.0, or refuse the request
   */
  public static long countOpen(Admin admin, String prefix)
      throws ExecutionException, InterruptedException {
    return open(admin).stream().filter(id -> TransactionalIds.isOfAnyRun(id, prefix)).count();
  }

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
    long aborted = 0;
    List<DanglingTransaction> dangling = new ArrayList<>();
    for (String id : open(admin)) {
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

  private static List<String> open(Admin admin) throws ExecutionException, InterruptedException {
    return admin
        .listTransactions(
            new ListTransactionsOptions().filterStates(List.of(TransactionState.ONGOING)))
        .all()
        .get()
        .stream()
        .map(TransactionListing::transactionalId)
        .toList();
  }
}

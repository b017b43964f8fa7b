package dev.outflow.kafka.transaction;

import java.time.Instant;
import org.apache.kafka.clients.admin.TransactionDescription;

/**
 * A transaction that another start of the same output has left open: of a job that was killed and
 * not restored, or of one that still runs. Readers of committed records wait for it. It is not
 * ended here, because nobody can tell which of the two it is.
 *
 * @param end when Kafka is going to end it
 */
record DanglingTransaction(String transactionalId, Instant end) {

  static DanglingTransaction of(TransactionDescription transaction, String transactionalId) {
    long start = transaction.transactionStartTimeMs().orElseGet(System::currentTimeMillis);
    return new DanglingTransaction(
        transactionalId, Instant.ofEpochMilli(start + transaction.transactionTimeoutMs()));
  }
}

package dev.outflow.kafka.transaction;

import java.time.Instant;
import org.apache.kafka.clients.admin.TransactionDescription;

/**
 * An open transaction of another run of the same output: of a job that was killed and not restored,
 * or of one that is still running. It blocks read_committed consumers. It is not aborted here,
 * because the two cases cannot be distinguished.
 *
 * @param timeout when Kafka aborts it
 */
public record DanglingTransaction(String transactionalId, Instant timeout) {

  static DanglingTransaction of(TransactionDescription transaction, String transactionalId) {
    long start = transaction.transactionStartTimeMs().orElseGet(System::currentTimeMillis);
    return new DanglingTransaction(
        transactionalId, Instant.ofEpochMilli(start + transaction.transactionTimeoutMs()));
  }
}

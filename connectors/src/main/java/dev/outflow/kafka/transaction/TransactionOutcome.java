package dev.outflow.kafka.transaction;

/** The outcome of a transaction. */
enum TransactionOutcome {
  COMMITTED,
  ABORTED,
  /** The transaction is still open, or the brokers do not respond: retry later. */
  NOT_YET_KNOWN,
  /**
   * Cannot be determined: the brokers no longer know it, belong to another cluster, or do not
   * authorize the request.
   */
  UNKNOWN
}

package dev.outflow.kafka.transaction;

/** What became of a transaction. */
enum TransactionOutcome {
  COMMITTED,
  ABORTED,
  /** It has not ended, or the brokers do not answer at the moment: to be asked again. */
  NOT_YET_KNOWN,
  /**
   * Asking again is of no use: the brokers forgot it, are another cluster, or do not let it be
   * asked.
   */
  UNKNOWN
}

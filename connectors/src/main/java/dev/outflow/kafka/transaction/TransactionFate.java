package dev.outflow.kafka.transaction;

/** What became of a transaction. */
enum TransactionFate {
  COMMITTED,
  ABORTED,
  /** It has not ended yet. */
  OPEN,
  /** The broker has forgotten it, or does not let this be asked. */
  UNKNOWN
}

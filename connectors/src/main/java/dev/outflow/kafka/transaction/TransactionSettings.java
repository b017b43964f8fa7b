package dev.outflow.kafka.transaction;

import java.io.Serializable;
import java.util.Map;

/**
 * How an output handles its transactions.
 *
 * @param alias the output's name
 * @param transactionalIdPrefix what its transactional ids begin with; no other running job has it
 * @param naming what follows
 * @param onLost what a lost transaction does to the job
 * @param checkpoints how long the job's checkpoints let a transaction wait
 */
public record TransactionSettings(
    String alias,
    String transactionalIdPrefix,
    TransactionNaming naming,
    OnLostTransaction onLost,
    CheckpointTimes checkpoints)
    implements Serializable {

  /** The timeout for a producer with what the user wrote among its properties. */
  TransactionTimeout timeout(Map<?, ?> written, TransactionBroker broker) {
    return TransactionTimeout.choose(
        TransactionTimeout.written(written), checkpoints, broker.longestTransaction());
  }
}

package dev.outflow.kafka.transaction;

import java.io.Serializable;
import java.util.Map;

/**
 * The transaction settings of an output.
 *
 * @param alias the output's name
 * @param transactionalIdPrefix the prefix of its transactional ids, unique among running jobs
 * @param naming how ids are numbered
 * @param onLost how a lost transaction is handled
 * @param checkpoints the job's checkpoint settings
 */
public record TransactionSettings(
    String alias,
    String transactionalIdPrefix,
    TransactionNaming naming,
    OnLostTransaction onLost,
    CheckpointTimes checkpoints)
    implements Serializable {

  /** Returns the timeout of a producer with these properties on this cluster. */
  TransactionTimeout timeout(Map<?, ?> producer, ClusterInfo cluster) {
    return TransactionTimeout.choose(
        TransactionTimeout.configured(producer),
        checkpoints,
        cluster.maxTransactionTimeout().value());
  }
}

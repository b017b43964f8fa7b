package dev.outflow.kafka.transaction;

import java.io.Serializable;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;
import org.apache.kafka.clients.producer.ProducerConfig;

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

  /** The timeout for a producer with these properties. */
  TransactionTimeout timeout(Properties producer, TransactionBroker broker) {
    return TransactionTimeout.choose(
        Optional.ofNullable(producer.getProperty(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG))
            .map(milliseconds -> Duration.ofMillis(Long.parseLong(milliseconds))),
        checkpoints,
        broker.longestTransaction());
  }
}

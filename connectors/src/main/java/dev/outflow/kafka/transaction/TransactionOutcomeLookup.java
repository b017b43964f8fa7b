package dev.outflow.kafka.transaction;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TransactionDescription;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RetriableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out from the brokers what became of a transaction whose commit they refuse.
 *
 * <p>Two questions lead to an answer. The coordinator describes the last transaction of an id,
 * which is the right one as long as the id was not used again. A reader of committed records is
 * given a record of the transaction if it was committed and passes over its offset if it was
 * aborted; this stays true for as long as the topic keeps records.
 */
record TransactionOutcomeLookup(KafkaClients clients) {
  private static final Logger LOG = LoggerFactory.getLogger(TransactionOutcomeLookup.class);

  /** Asks, waiting for each answer no longer than {@code clients} does. */
  TransactionOutcome of(CommittableWithOrigin transaction, TransactionNaming naming) {
    try {
      if (!isIn(transaction.trace().clusterId())) {
        return TransactionOutcome.UNKNOWN;
      }
    } catch (ExecutionException | KafkaException e) {
      LOG.info("{} does not answer: {}", clients.bootstrapServers(), e.getMessage());
      return TransactionOutcome.NOT_YET_KNOWN;
    } catch (InterruptedException e) {
      throw new InterruptException(e); // Which interrupts this thread again.
    }
    if (naming == TransactionNaming.INCREMENTING) {
      Optional<TransactionOutcome> described = described(transaction);
      if (described.isPresent()) {
        return described.get();
      }
    }
    return read(transaction.trace());
  }

  /**
   * An address can lead to another cluster than before, where the same offset is another record.
   */
  private boolean isIn(String cluster) throws ExecutionException, InterruptedException {
    try (Admin admin = clients.admin()) {
      return admin.describeCluster().clusterId().get().equals(cluster);
    }
  }

  /** Empty when the id is not known, was used again, or may not be described. */
  private Optional<TransactionOutcome> described(CommittableWithOrigin transaction) {
    String id = transaction.kafka().getTransactionalId();
    try (Admin admin = clients.admin()) {
      TransactionDescription now = admin.describeTransactions(List.of(id)).description(id).get();
      // The end of a transaction raises the epoch by one since Kafka 4 (KIP-890), as its time-out
      // always did.
      int ends = now.producerEpoch() - transaction.kafka().getEpoch();
      if (now.producerId() != transaction.kafka().getProducerId() || ends < 0 || ends > 1) {
        return Optional.empty();
      }
      return switch (now.state()) {
        case COMPLETE_COMMIT, PREPARE_COMMIT -> Optional.of(TransactionOutcome.COMMITTED);
        case COMPLETE_ABORT, PREPARE_ABORT, PREPARE_EPOCH_FENCE ->
            Optional.of(TransactionOutcome.ABORTED);
        case ONGOING -> Optional.of(TransactionOutcome.NOT_YET_KNOWN);
        case EMPTY, UNKNOWN -> Optional.empty();
      };
    } catch (ExecutionException | KafkaException e) {
      LOG.info("Transaction {} cannot be described: {}", id, e.getMessage());
      return Optional.empty();
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    }
  }

  private TransactionOutcome read(TransactionOrigin trace) {
    TopicPartition partition = new TopicPartition(trace.topic(), trace.partition());
    Instant deadline = Instant.now().plus(clients.patience());
    try (KafkaConsumer<byte[], byte[]> consumer = clients.consumer()) {
      consumer.assign(List.of(partition));
      if (consumer.beginningOffsets(List.of(partition)).get(partition) > trace.offset()) {
        return TransactionOutcome.UNKNOWN;
      }
      consumer.seek(partition, trace.offset());
      while (consumer.position(partition) <= trace.offset()) {
        for (ConsumerRecord<byte[], byte[]> record :
            consumer.poll(clients.patience().dividedBy(10))) {
          return record.offset() == trace.offset()
              ? TransactionOutcome.COMMITTED
              : TransactionOutcome.ABORTED;
        }
        if (Instant.now().isAfter(deadline)) {
          return TransactionOutcome.NOT_YET_KNOWN;
        }
      }
      return TransactionOutcome.ABORTED;
    } catch (KafkaException e) {
      LOG.info("{} cannot be read: {}", partition, e.getMessage());
      return e instanceof RetriableException
          ? TransactionOutcome.NOT_YET_KNOWN
          : TransactionOutcome.UNKNOWN;
    }
  }
}

package dev.outflow.kafka.transaction;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.flink.connector.kafka.sink.KafkaCommittable;
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
 * Looks up the outcome of a transaction whose commit Kafka rejects.
 *
 * <p>Two sources answer. The coordinator describes the last transaction of an id, which is the
 * right one unless the id was reused. A read_committed consumer gets a record of the transaction if
 * it was committed and skips its offset if it was aborted, for as long as the topic retains
 * records.
 */
record TransactionOutcomeLookup(KafkaClientFactory clients) {
  private static final Logger LOG = LoggerFactory.getLogger(TransactionOutcomeLookup.class);

  /** Looks it up; each request is limited by the timeout of {@code clients}. */
  TransactionOutcome of(CommittableWithOrigin transaction, TransactionNaming naming) {
    try (Admin admin = clients.admin()) {
      // An address can lead to another cluster than before, where the offset is another record.
      String clusterId = admin.describeCluster().clusterId().get();
      if (!clusterId.equals(transaction.origin().clusterId())) {
        return TransactionOutcome.UNKNOWN;
      }
      if (naming == TransactionNaming.INCREMENTING) {
        Optional<TransactionOutcome> described = describe(admin, transaction.kafka());
        if (described.isPresent()) {
          return described.get();
        }
      }
    } catch (ExecutionException | KafkaException e) {
      LOG.info("{} does not respond: {}", clients.bootstrapServers(), e.getMessage());
      return TransactionOutcome.NOT_YET_KNOWN;
    } catch (InterruptedException e) {
      throw new InterruptException(e); // Restores the thread's interrupt flag.
    }
    return read(transaction.origin());
  }

  /** Empty if the id is unknown or was reused, or if the job is not authorized to describe it. */
  private static Optional<TransactionOutcome> describe(Admin admin, KafkaCommittable transaction)
      throws InterruptedException {
    String id = transaction.getTransactionalId();
    try {
      TransactionDescription now = admin.describeTransactions(List.of(id)).description(id).get();
      // Ending a transaction increments the epoch since Kafka 4 (KIP-890); a timeout always did.
      int ends = now.producerEpoch() - transaction.getEpoch();
      if (now.producerId() != transaction.getProducerId() || ends < 0 || ends > 1) {
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
      LOG.info("Cannot describe transaction {}: {}", id, e.getMessage());
      return Optional.empty();
    }
  }

  private TransactionOutcome read(TransactionOrigin origin) {
    TopicPartition partition = new TopicPartition(origin.topic(), origin.partition());
    Instant deadline = Instant.now().plus(clients.timeout());
    try (KafkaConsumer<byte[], byte[]> consumer = clients.consumer()) {
      consumer.assign(List.of(partition));
      if (consumer.beginningOffsets(List.of(partition)).get(partition) > origin.offset()) {
        return TransactionOutcome.UNKNOWN;
      }
      consumer.seek(partition, origin.offset());
      while (consumer.position(partition) <= origin.offset()) {
        for (ConsumerRecord<byte[], byte[]> record :
            consumer.poll(clients.timeout().dividedBy(10))) {
          return record.offset() == origin.offset()
              ? TransactionOutcome.COMMITTED
              : TransactionOutcome.ABORTED;
        }
        if (Instant.now().isAfter(deadline)) {
          return TransactionOutcome.NOT_YET_KNOWN;
        }
      }
      return TransactionOutcome.ABORTED;
    } catch (KafkaException e) {
      LOG.info("Cannot read {}: {}", partition, e.getMessage());
      return e instanceof RetriableException
          ? TransactionOutcome.NOT_YET_KNOWN
          : TransactionOutcome.UNKNOWN;
    }
  }
}

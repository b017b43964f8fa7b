package dev.outflow.kafka.output;

import dev.outflow.kafka.TopicCheck;
import dev.outflow.kafka.option.KafkaOptions;
import dev.outflow.kafka.transaction.CheckpointTimes;
import dev.outflow.kafka.transaction.ClusterInfo;
import dev.outflow.kafka.transaction.TransactionNaming;
import dev.outflow.kafka.transaction.TransactionTimeout;
import dev.outflow.option.InvalidOptionsException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TransactionalIdNotFoundException;
import org.apache.kafka.common.errors.UnsupportedVersionException;

/** Asks Kafka, before a job starts, whether an output can be written as it is to be. */
public record OutputCheck(KafkaOutput output, CheckpointTimes checkpoints, Duration patience) {

  /**
   * Returns when all is well.
   *
   * @return how long a transaction stays open, if the output is exactly-once
   * @throws InvalidOptionsException with what is wrong
   */
  public Optional<TransactionTimeout> run() {
    return TopicCheck.ask(output.connection(), output.topic(), patience, this::ask);
  }

  private Optional<TransactionTimeout> ask(Admin admin, TopicDescription topic)
      throws ExecutionException, InterruptedException {
    checkMayWrite(topic);
    if (!isExactlyOnce()) {
      return Optional.empty();
    }
    checkTransactions(admin);
    return Optional.of(timeout(admin));
  }

  /** Whether it writes in transactions. */
  public boolean isExactlyOnce() {
    return output.deliveryGuarantee() == DeliveryGuarantee.EXACTLY_ONCE;
  }

  /**
   * How long a transaction stays open.
   *
   * @throws InvalidOptionsException if the broker does not allow what the job's checkpoints need
   */
  public TransactionTimeout timeout(Admin admin) throws ExecutionException, InterruptedException {
    TransactionTimeout timeout =
        TransactionTimeout.choose(
            output.transactionTimeout(),
            checkpoints,
            ClusterInfo.describe(admin).maxTransactionTimeout());
    timeout
        .problem()
        .ifPresent(
            problem -> {
              throw new InvalidOptionsException(List.of(problem));
            });
    return timeout;
  }

  /**
   * Returns if it may be written.
   *
   * @param topic as {@link TopicCheck#describe} tells
   * @throws InvalidOptionsException if it may not
   */
  public void checkMayWrite(TopicDescription topic) {
    if (!TopicCheck.allows(topic, AclOperation.WRITE)) {
      throw InvalidOptionsException.of(
          KafkaOptions.TOPIC.key(),
          "'%s' may not be written on %s; allow WRITE on it"
              .formatted(output.topic(), output.connection().bootstrapServers()));
    }
  }

  /**
   * Asks for a transactional id that there is not, which needs all that one that there is needs.
   *
   * @throws InvalidOptionsException if the output's transactions are not allowed or not possible
   */
  public void checkTransactions(Admin admin) throws ExecutionException, InterruptedException {
    String prefix = output.transactionalIdPrefix();
    try {
      admin.describeTransactions(List.of(prefix)).description(prefix).get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof AuthorizationException) {
        throw InvalidOptionsException.of(
            KafkaOutputOptions.TRANSACTIONAL_ID_PREFIX.key(),
            "transactional ids that begin with '%s' may not be used on %s; allow WRITE and DESCRIBE on them (resource type TransactionalId, pattern type PREFIXED)"
                .formatted(prefix, output.connection().bootstrapServers()));
      }
      if (e.getCause() instanceof TimeoutException) {
        throw InvalidOptionsException.of(
            KafkaOutputOptions.DELIVERY_GUARANTEE.key(),
            "exactly-once needs transactions, and %s has no coordinator for them; can its '__transaction_state' topic have 'transaction.state.log.replication.factor' replicas? Or choose at-least-once"
                .formatted(output.connection().bootstrapServers()));
      }
      boolean isFine =
          e.getCause() instanceof TransactionalIdNotFoundException
              || e.getCause() instanceof UnsupportedVersionException; // Older than Kafka 3.0.
      if (!isFine) {
        throw e;
      }
    }
    if (output.transactionNaming() == TransactionNaming.POOLING) {
      checkPooling(admin);
    }
  }

  /** Pooling looks for open transactions by the producers that write to the topics. */
  private void checkPooling(Admin admin) throws ExecutionException, InterruptedException {
    checkPooling(admin, output.topic());
    if (output.errors().topic().isPresent()) {
      checkPooling(admin, output.errors().deadLetterTopic());
    }
  }

  private void checkPooling(Admin admin, String topic)
      throws ExecutionException, InterruptedException {
    TopicPartition first = new TopicPartition(topic, 0);
    try {
      admin.describeProducers(List.of(first)).partitionResult(first).get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof AuthorizationException) {
        throw pooling("needs READ on topic '%s'".formatted(topic));
      }
      if (e.getCause() instanceof UnsupportedVersionException) {
        throw pooling("needs Kafka 3.0 or newer");
      }
      throw e;
    }
  }

  private InvalidOptionsException pooling(String need) {
    return InvalidOptionsException.of(
        KafkaOutputOptions.TRANSACTION_NAMING.key(),
        "pooling %s on %s; or leave it incrementing"
            .formatted(need, output.connection().bootstrapServers()));
  }
}

package dev.outflow.kafka.output;

import dev.outflow.kafka.Authorization;
import dev.outflow.kafka.TopicCheck;
import dev.outflow.kafka.broker.BrokerCapabilities;
import dev.outflow.kafka.broker.EventHubs;
import dev.outflow.kafka.broker.Permission;
import dev.outflow.kafka.option.KafkaOptions;
import dev.outflow.kafka.transaction.CheckpointTimes;
import dev.outflow.kafka.transaction.ClusterInfo;
import dev.outflow.kafka.transaction.DanglingTransactions;
import dev.outflow.kafka.transaction.TransactionNaming;
import dev.outflow.kafka.transaction.TransactionTimeout;
import dev.outflow.option.InvalidOptionsException;
import java.util.List;
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

/** Checks that an output can be written with its delivery guarantee. */
public record OutputCheck(KafkaOutput output, CheckpointTimes checkpoints) {

  /** Returns whether the output writes in transactions. */
  public boolean isExactlyOnce() {
    return output.deliveryGuarantee() == DeliveryGuarantee.EXACTLY_ONCE;
  }

  /**
   * Returns how long Kafka keeps a transaction open.
   *
   * @throws InvalidOptionsException if that is too short for the job's checkpoints
   */
  public TransactionTimeout timeout(ClusterInfo cluster) {
    TransactionTimeout timeout =
        TransactionTimeout.choose(
            output.transactionTimeout(), checkpoints, cluster.maxTransactionTimeout().value());
    timeout
        .problem()
        .ifPresent(
            problem -> {
              throw new InvalidOptionsException(List.of(problem));
            });
    return timeout;
  }

  /**
   * Returns whether the client is authorized to write, if that is known.
   *
   * @param topic from {@link TopicCheck#describe}
   * @throws InvalidOptionsException if it is not
   */
  public Authorization checkMayWrite(TopicDescription topic) {
    Authorization authorization = TopicCheck.authorization(topic, AclOperation.WRITE);
    if (authorization == Authorization.DENIED) {
      throw InvalidOptionsException.of(
          KafkaOptions.TOPIC.key(),
          "not authorized to write to topic '%s' on %s; %s"
              .formatted(topic.name(), servers(), remedy(Permission.WRITE_TOPIC)));
    }
    return authorization;
  }

  /**
   * Returns if the brokers support transactions.
   *
   * @throws InvalidOptionsException if they do not: the producer would wait forever
   */
  public void checkSupported(BrokerCapabilities brokers) {
    if (brokers.transactions() == BrokerCapabilities.Support.NO) {
      throw InvalidOptionsException.of(
          KafkaOutputOptions.DELIVERY_GUARANTEE.key(),
          "exactly-once requires transactions, but %s does not support %s; %s"
              .formatted(
                  servers(),
                  brokers.missingForTransactions(),
                  output.connection().kind() instanceof EventHubs
                      ? "use at-least-once, or the Premium or Dedicated tier of Event Hubs"
                      : "use at-least-once"));
    }
  }

  /**
   * Returns whether transactions are authorized, if that is known. Describes a transactional id
   * that does not exist, which needs the same permissions as one that does.
   *
   * @throws InvalidOptionsException if they are not
   */
  public Authorization checkTransactions(Admin admin)
      throws ExecutionException, InterruptedException {
    Authorization authorization = describeTransactions(admin);
    if (output.transactionNaming() == TransactionNaming.POOLING) {
      checkPooling(admin);
    }
    return authorization;
  }

  /**
   * Returns how many transactions of this output are open, of whichever run: if there are any, a
   * job with this name is running, or ended without a savepoint.
   *
   * @throws ExecutionException if the brokers cannot tell
   */
  public long openTransactions(Admin admin) throws ExecutionException, InterruptedException {
    return DanglingTransactions.countOpen(admin, output.transactionalIdPrefix());
  }

  private Authorization describeTransactions(Admin admin)
      throws ExecutionException, InterruptedException {
    String prefix = output.transactionalIdPrefix();
    try {
      admin.describeTransactions(List.of(prefix)).description(prefix).get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof AuthorizationException) {
        throw InvalidOptionsException.of(
            KafkaOutputOptions.TRANSACTIONAL_ID_PREFIX.key(),
            "not authorized to use transactional ids starting with '%s' on %s; %s"
                .formatted(prefix, servers(), remedy(Permission.USE_TRANSACTIONAL_IDS)));
      }
      if (e.getCause() instanceof TimeoutException) {
        throw InvalidOptionsException.of(
            KafkaOutputOptions.DELIVERY_GUARANTEE.key(),
            "exactly-once requires transactions, but %s has no transaction coordinator; check that its '__transaction_state' topic can have 'transaction.state.log.replication.factor' replicas, or use at-least-once"
                .formatted(servers()));
      }
      if (e.getCause() instanceof UnsupportedVersionException) {
        return Authorization.UNKNOWN; // Older than Kafka 3.0, or no Apache Kafka.
      }
      if (!(e.getCause() instanceof TransactionalIdNotFoundException)) {
        throw e;
      }
    }
    return Authorization.ALLOWED;
  }

  private String servers() {
    return output.connection().bootstrapServers();
  }

  private String remedy(Permission permission) {
    return output.connection().kind().remedy(permission);
  }

  /** Pooling finds open transactions by the topics' producers. */
  private void checkPooling(Admin admin) throws ExecutionException, InterruptedException {
    for (String topic : output.topic().names()) {
      checkPooling(admin, topic);
    }
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
        throw pooling("requires READ on topic '%s'".formatted(topic));
      }
      if (e.getCause() instanceof UnsupportedVersionException) {
        throw pooling("requires Kafka 3.0 or later");
      }
      throw e;
    }
  }

  private InvalidOptionsException pooling(String requirement) {
    return InvalidOptionsException.of(
        KafkaOutputOptions.TRANSACTION_NAMING.key(),
        "pooling %s on %s; otherwise use incrementing".formatted(requirement, servers()));
  }
}

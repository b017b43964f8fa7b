package dev.outflow.kafka.transaction;

import dev.outflow.secret.Causes;
import java.io.IOException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.apache.flink.api.connector.sink2.Committer;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Commits with KafkaSink's committer. If Kafka rejects a commit, finds out whether the transaction
 * was committed before or is lost.
 */
final class LossDetectingCommitter implements Committer<CommittableWithOrigin> {
  private static final Logger LOG = LoggerFactory.getLogger(LossDetectingCommitter.class);

  private final TransactionSettings settings;
  private final ClusterCommitters clusters;
  private final CommitMetrics metrics;

  LossDetectingCommitter(
      TransactionSettings settings, ClusterCommitters clusters, CommitMetrics metrics) {
    this.settings = settings;
    this.clusters = clusters;
    this.metrics = metrics;
  }

  /**
   * {@inheritDoc}
   *
   * @throws ExactlyOnceException if a transaction is lost and {@code on-lost-transaction} is fail
   */
  @Override
  public void commit(Collection<CommitRequest<CommittableWithOrigin>> requests)
      throws IOException, InterruptedException {
    for (CommitRequest<CommittableWithOrigin> request : requests) {
      try {
        ClusterCommitters.ClusterCommitter cluster = clusters.of(request.getCommittable().origin());
        LossDetectingCommitRequest delegate =
            new LossDetectingCommitRequest(
                request, reason -> rejected(request, cluster.clients(), reason));
        Instant requested = metrics.now();
        cluster.committer().commit(List.of(delegate));
        if (delegate.isCommitted()) {
          metrics.committed(request.getCommittable().origin(), requested);
        }
      } catch (ClusterCommitters.UnreachableException e) {
        lost(request, "its outcome cannot be determined, because " + e.getMessage(), e);
      }
    }
  }

  private void rejected(
      CommitRequest<CommittableWithOrigin> request, KafkaClientFactory clients, Throwable reason) {
    if (reason instanceof AuthorizationException || reason instanceof AuthenticationException) {
      request.signalFailedWithUnknownReason(reason);
      return;
    }
    CommittableWithOrigin transaction = request.getCommittable();
    TransactionOutcome outcome =
        new TransactionOutcomeLookup(clients).of(transaction, settings.naming());
    switch (outcome) {
      case COMMITTED -> {
        LOG.info("Transaction {} was already committed", transaction.kafka().getTransactionalId());
        request.signalAlreadyCommitted();
      }
      case NOT_YET_KNOWN -> request.signalFailedWithUnknownReason(reason);
      case ABORTED ->
          lost(
              request,
              "Kafka aborted it before it could be committed; its records are gone",
              reason);
      case UNKNOWN ->
          lost(
              request,
              "Kafka no longer knows whether it was committed, or the job is not authorized to ask",
              reason);
    }
  }

  private void lost(CommitRequest<CommittableWithOrigin> request, String why, Throwable reason) {
    CommittableWithOrigin transaction = request.getCommittable();
    metrics.lost(transaction.origin());
    String message =
        "output '%s': the transaction %s is lost (%s); %s"
            .formatted(
                settings.alias(),
                transaction.kafka().getTransactionalId(),
                transaction.origin(),
                why);
    if (settings.onLost() == OnLostTransaction.FAIL) {
      throw new ExactlyOnceException(
          message
              + ". Write these records again and restart the job from its last checkpoint with"
              + " 'on-lost-transaction' = 'continue', which skips them",
          reason);
    }
    LOG.error("{}; continuing without it ({})", message, Causes.of(reason).rootMessage());
    request.signalFailedWithKnownReason(reason);
  }

  @Override
  public void close() throws Exception {
    clusters.close();
  }
}

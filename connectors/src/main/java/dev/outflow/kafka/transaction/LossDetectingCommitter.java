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
 * KafkaSink's committer, and what it leaves out: when Kafka refuses to commit a transaction, to
 * find out whether it was committed before or is lost.
 */
final class LossDetectingCommitter implements Committer<CommittableWithOrigin> {
  private static final Logger LOG = LoggerFactory.getLogger(LossDetectingCommitter.class);

  private final TransactionSettings settings;
  private final CommitClusters clusters;
  private final CommitMetrics metrics;

  LossDetectingCommitter(
      TransactionSettings settings, CommitClusters clusters, CommitMetrics metrics) {
    this.settings = settings;
    this.clusters = clusters;
    this.metrics = metrics;
  }

  /**
   * {@inheritDoc}
   *
   * @throws ExactlyOnceException if a transaction is lost, unless the job is to continue
   */
  @Override
  public void commit(Collection<CommitRequest<CommittableWithOrigin>> requests)
      throws IOException, InterruptedException {
    for (CommitRequest<CommittableWithOrigin> request : requests) {
      try {
        CommitClusters.Cluster cluster = clusters.of(request.getCommittable().trace());
        LossDetectingRequest guarded =
            new LossDetectingRequest(
                request, reason -> refused(request, cluster.clients(), reason));
        Instant asked = metrics.now();
        cluster.committer().commit(List.of(guarded));
        if (guarded.isCommitted()) {
          metrics.committed(request.getCommittable().trace(), asked);
        }
      } catch (CommitClusters.UnreachableException e) {
        lost(request, "what became of it cannot be asked, because " + e.getMessage(), e);
      }
    }
  }

  private void refused(
      CommitRequest<CommittableWithOrigin> request, KafkaClients clients, Throwable reason) {
    if (reason instanceof AuthorizationException || reason instanceof AuthenticationException) {
      request.signalFailedWithUnknownReason(reason);
      return;
    }
    CommittableWithOrigin transaction = request.getCommittable();
    TransactionOutcome fate =
        new TransactionOutcomeLookup(clients).of(transaction, settings.naming());
    switch (fate) {
      case COMMITTED -> {
        LOG.info("Transaction {} was committed before", transaction.kafka().getTransactionalId());
        request.signalAlreadyCommitted();
      }
      case NOT_YET_KNOWN -> request.signalFailedWithUnknownReason(reason);
      case ABORTED ->
          lost(
              request,
              "Kafka aborted it before it could be committed: its records are gone",
              reason);
      case UNKNOWN ->
          lost(
              request,
              "Kafka has forgotten whether it was committed, or does not let this job know",
              reason);
    }
  }

  private void lost(CommitRequest<CommittableWithOrigin> request, String why, Throwable reason) {
    CommittableWithOrigin transaction = request.getCommittable();
    metrics.lost(transaction.trace());
    String message =
        "output '%s': the transaction %s is lost (%s); %s"
            .formatted(
                settings.alias(),
                transaction.kafka().getTransactionalId(),
                transaction.trace(),
                why);
    if (settings.onLost() == OnLostTransaction.FAIL) {
      throw new ExactlyOnceException(
          message
              + ". Write these records again, and start the job from its last checkpoint with"
              + " 'on-lost-transaction' = 'continue', which goes on without them",
          reason);
    }
    LOG.error("{}; going on without it ({})", message, Causes.of(reason).rootMessage());
    request.signalFailedWithKnownReason(reason);
  }

  @Override
  public void close() throws Exception {
    clusters.close();
  }
}

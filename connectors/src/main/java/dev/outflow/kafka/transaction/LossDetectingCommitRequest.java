package dev.outflow.kafka.transaction;

import java.util.function.Consumer;
import org.apache.flink.api.connector.sink2.Committer.CommitRequest;
import org.apache.flink.connector.kafka.sink.KafkaCommittable;

/**
 * The commit request that KafkaSink's committer gets: passes a rejection to {@code onRejection} and
 * not to Flink, which would drop the transaction.
 */
final class LossDetectingCommitRequest implements CommitRequest<KafkaCommittable> {
  private final CommitRequest<CommittableWithOrigin> flink;
  private final Consumer<Throwable> onRejection;
  private boolean committed = true;

  LossDetectingCommitRequest(
      CommitRequest<CommittableWithOrigin> flink, Consumer<Throwable> onRejection) {
    this.flink = flink;
    this.onRejection = onRejection;
  }

  /** Returns whether the transaction was committed; valid after the committer has returned. */
  boolean isCommitted() {
    return committed;
  }

  @Override
  public KafkaCommittable getCommittable() {
    return flink.getCommittable().kafka();
  }

  @Override
  public int getNumberOfRetries() {
    return flink.getNumberOfRetries();
  }

  @Override
  public void signalFailedWithKnownReason(Throwable reason) {
    committed = false;
    onRejection.accept(reason);
  }

  @Override
  public void signalFailedWithUnknownReason(Throwable reason) {
    committed = false;
    onRejection.accept(reason);
  }

  @Override
  public void retryLater() {
    committed = false;
    flink.retryLater();
  }

  @Override
  public void updateAndRetryLater(KafkaCommittable committable) {
    committed = false;
    flink.updateAndRetryLater(
        new CommittableWithOrigin(committable, flink.getCommittable().origin()));
  }

  @Override
  public void signalAlreadyCommitted() {
    committed = false;
    flink.signalAlreadyCommitted();
  }
}

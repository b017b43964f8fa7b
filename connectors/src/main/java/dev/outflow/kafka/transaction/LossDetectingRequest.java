package dev.outflow.kafka.transaction;

import java.util.function.Consumer;
import org.apache.flink.api.connector.sink2.Committer.CommitRequest;
import org.apache.flink.connector.kafka.sink.KafkaCommittable;

/**
 * A request to commit, as KafkaSink's committer is to see it: a refusal comes to {@code refused}
 * and not to Flink, which would forget the transaction.
 */
final class LossDetectingRequest implements CommitRequest<KafkaCommittable> {
  private final CommitRequest<CommittableWithOrigin> flink;
  private final Consumer<Throwable> refused;
  private boolean committed = true;

  LossDetectingRequest(CommitRequest<CommittableWithOrigin> flink, Consumer<Throwable> refused) {
    this.flink = flink;
    this.refused = refused;
  }

  /** Once the committer has returned: whether it committed, of which it says nothing. */
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
    refused.accept(reason);
  }

  @Override
  public void signalFailedWithUnknownReason(Throwable reason) {
    committed = false;
    refused.accept(reason);
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
        new CommittableWithOrigin(committable, flink.getCommittable().trace()));
  }

  @Override
  public void signalAlreadyCommitted() {
    committed = false;
    flink.signalAlreadyCommitted();
  }
}

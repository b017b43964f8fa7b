package dev.outflow.kafka.transaction;

import java.util.function.Consumer;
import org.apache.flink.api.connector.sink2.Committer.CommitRequest;
import org.apache.flink.connector.kafka.sink.KafkaCommittable;

/**
 * A request to commit, as KafkaSink's committer is to see it: a refusal comes to {@code refused}
 * and not to Flink, which would forget the transaction.
 */
record GuardedRequest(CommitRequest<TracedCommittable> flink, Consumer<Throwable> refused)
    implements CommitRequest<KafkaCommittable> {

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
    refused.accept(reason);
  }

  @Override
  public void signalFailedWithUnknownReason(Throwable reason) {
    refused.accept(reason);
  }

  @Override
  public void retryLater() {
    flink.retryLater();
  }

  @Override
  public void updateAndRetryLater(KafkaCommittable committable) {
    flink.updateAndRetryLater(new TracedCommittable(committable, flink.getCommittable().trace()));
  }

  @Override
  public void signalAlreadyCommitted() {
    flink.signalAlreadyCommitted();
  }
}

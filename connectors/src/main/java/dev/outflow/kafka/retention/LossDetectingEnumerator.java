package dev.outflow.kafka.retention;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.connector.kafka.source.enumerator.KafkaSourceEnumState;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Assigns partitions with KafkaSource's enumerator and restarts the job from its last checkpoint if
 * its topic is deleted or created again, so that the readers compare their positions. A consumer
 * would continue in the new topic at the offset it had reached in the old one.
 */
final class LossDetectingEnumerator
    implements SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> {
  private static final Logger LOG = LoggerFactory.getLogger(LossDetectingEnumerator.class);
  private static final Duration INTERVAL = Duration.ofSeconds(20);

  private final SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> kafka;
  private final SplitEnumeratorContext<KafkaPartitionSplit> context;
  private final InputSettings settings;
  private final TopicLogReader topic;
  private final TopicIdentity identity = new TopicIdentity();
  private Admin admin;

  LossDetectingEnumerator(
      SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> kafka,
      SplitEnumeratorContext<KafkaPartitionSplit> context,
      InputSettings settings,
      InputClients clients) {
    this.kafka = kafka;
    this.context = context;
    this.settings = settings;
    this.topic = new TopicLogReader(clients, settings.topic());
  }

  @Override
  public void start() {
    kafka.start();
    context.callAsync(this::topicId, this::compare, 0, INTERVAL.toMillis());
  }

  /** Returns the topic's current id; null if the topic does not exist. */
  private synchronized Uuid topicId() throws ExecutionException, InterruptedException {
    if (admin == null) {
      admin = topic.clients().admin();
    }
    try {
      return topic.describe(admin).topicId();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UnknownTopicOrPartitionException) {
        return null;
      }
      throw e;
    }
  }

  private void compare(Uuid id, Throwable failure) {
    if (failure != null) {
      LOG.debug("Input '{}': cannot describe topic {}", settings.alias(), topic.topic(), failure);
      return;
    }
    identity
        .change(id)
        .ifPresent(
            change -> {
              throw new IllegalStateException(
                  "input '%s': topic '%s' was %s; restarting to determine what is lost"
                      .formatted(settings.alias(), settings.topic(), change));
            });
  }

  @Override
  public void handleSplitRequest(int subtask, String host) {
    kafka.handleSplitRequest(subtask, host);
  }

  @Override
  public void addSplitsBack(List<KafkaPartitionSplit> splits, int subtask) {
    kafka.addSplitsBack(splits, subtask);
  }

  @Override
  public void addReader(int subtask) {
    kafka.addReader(subtask);
  }

  @Override
  public KafkaSourceEnumState snapshotState(long checkpoint) throws Exception {
    return kafka.snapshotState(checkpoint);
  }

  @Override
  public void notifyCheckpointComplete(long checkpoint) throws Exception {
    kafka.notifyCheckpointComplete(checkpoint);
  }

  @Override
  public void notifyCheckpointAborted(long checkpoint) throws Exception {
    kafka.notifyCheckpointAborted(checkpoint);
  }

  @Override
  public void handleSourceEvent(int subtask, SourceEvent event) {
    kafka.handleSourceEvent(subtask, event);
  }

  @Override
  public synchronized void close() throws IOException {
    kafka.close();
    if (admin != null) {
      admin.close(Duration.ZERO);
    }
  }
}

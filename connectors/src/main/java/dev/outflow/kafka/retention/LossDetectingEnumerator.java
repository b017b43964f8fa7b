package dev.outflow.kafka.retention;

import dev.outflow.kafka.TopicSubscription;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
 * a topic is deleted or created again, so that the readers compare their positions. A consumer
 * would continue in the new topic at the offset it had reached in the old one.
 */
final class LossDetectingEnumerator
    implements SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> {
  private static final Logger LOG = LoggerFactory.getLogger(LossDetectingEnumerator.class);

  private final SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> kafka;
  private final SplitEnumeratorContext<KafkaPartitionSplit> context;
  private final InputSettings settings;
  private final InputClients clients;
  private final Optional<KafkaSourceEnumState> restored;
  private final Set<String> seen = new HashSet<>();
  private final TopicIdentities identities;
  private Admin admin;

  /** {@code restored} is the state if readers may have read from the topics before. */
  LossDetectingEnumerator(
      SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> kafka,
      SplitEnumeratorContext<KafkaPartitionSplit> context,
      InputSettings settings,
      InputClients clients,
      Optional<KafkaSourceEnumState> restored) {
    this.kafka = kafka;
    this.context = context;
    this.settings = settings;
    this.clients = clients;
    this.restored = restored;
    if (settings.topics() instanceof TopicSubscription.TopicPattern) {
      restored.ifPresent(
          state -> state.assignedSplits().forEach(split -> seen.add(split.getTopic())));
    }
    this.identities = new TopicIdentities(seen);
  }

  /**
   * {@inheritDoc} KafkaSource's enumerator restarts the job forever if its topic is missing, before
   * readers can tell that it is lost; therefore it is asked for first. A pattern needs no topic.
   */
  @Override
  public void start() {
    if (restored.isPresent()
        && settings.topics() instanceof TopicSubscription.Topics
        && settings.onLost() == OnLostInput.FAIL) {
      context.callAsync(this::missing, this::failIfMissing);
    }
    kafka.start();
    context.callAsync(this::topicIds, this::compare, 0, clients.interval().toMillis());
  }

  /** Returns the topics that do not exist. */
  private List<String> missing() throws ExecutionException, InterruptedException {
    List<String> missing = missingNow();
    for (int attempt = 1; !missing.isEmpty() && attempt < LossDetector.ATTEMPTS; attempt++) {
      Thread.sleep(LossDetector.PAUSE.toMillis());
      missing = missingNow();
    }
    return missing;
  }

  private List<String> missingNow() throws ExecutionException, InterruptedException {
    Map<String, Uuid> ids = topicIds();
    return settings.topics().names().stream().filter(topic -> ids.get(topic) == null).toList();
  }

  private void failIfMissing(List<String> missing, Throwable failure) {
    if (failure == null && !missing.isEmpty()) {
      throw new LostInputException(
          "input '%s': records are lost: topic '%s' no longer exists. Create it, write the records again that the job has not read, if you can, and restart the job from its last checkpoint with 'on-lost-input' = 'continue', which resumes at the first record of the new topic"
              .formatted(settings.alias(), String.join("', '", missing)));
    }
  }

  /** Returns each topic's current id; null if the topic does not exist. */
  private synchronized Map<String, Uuid> topicIds()
      throws ExecutionException, InterruptedException {
    if (admin == null) {
      admin = clients.admin();
    }
    if (settings.topics() instanceof TopicSubscription.TopicPattern pattern) {
      return topicIds(pattern);
    }
    Map<String, Uuid> ids = new LinkedHashMap<>();
    for (String topic : settings.topics().names()) {
      ids.put(topic, topicId(topic));
    }
    return ids;
  }

  /** Returns those of the topics that exist, and null for those that were read before. */
  private Map<String, Uuid> topicIds(TopicSubscription.TopicPattern pattern)
      throws ExecutionException, InterruptedException {
    Map<String, Uuid> ids = pattern.find(admin);
    seen.addAll(ids.keySet());
    seen.forEach(topic -> ids.putIfAbsent(topic, null));
    return ids;
  }

  private Uuid topicId(String topic) throws ExecutionException, InterruptedException {
    try {
      return TopicLogReader.describe(admin, topic).topicId();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UnknownTopicOrPartitionException) {
        return null;
      }
      throw e;
    }
  }

  private void compare(Map<String, Uuid> ids, Throwable failure) {
    if (failure != null) {
      LOG.debug(
          "Input '{}': cannot describe topics {}", settings.alias(), settings.topics(), failure);
      return;
    }
    identities
        .change(ids)
        .ifPresent(
            change -> {
              throw new IllegalStateException(
                  "input '%s': %s; restarting to determine what is lost"
                      .formatted(settings.alias(), change));
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

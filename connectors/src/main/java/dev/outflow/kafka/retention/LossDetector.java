package dev.outflow.kafka.retention;

import dev.outflow.kafka.BrokerFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Compares positions with the offsets left in the topic and applies {@code on-lost-input}. */
record LossDetector(InputSettings settings, TopicLogReader topics, LossMetrics metrics) {
  private static final Logger LOG = LoggerFactory.getLogger(LossDetector.class);

  /**
   * Positions from which a reader can start.
   *
   * @param missing those in partitions that do not exist
   */
  record Positions(List<TrackedSplit> splits, List<TrackedSplit> missing, List<LostInput> losses) {}

  /** How often, and how long apart, the brokers are asked about a loss that may be temporary. */
  static final int ATTEMPTS = 6;

  static final Duration PAUSE = Duration.ofSeconds(1);

  /**
   * Returns the positions with offsets that exist, given what the consumer knows to be lost: the
   * given ones; for a partition that was not read yet, its first or last offset or what the group
   * has committed; and after a loss, the first record that is left.
   *
   * @throws LostInputException if records are lost and {@code on-lost-input} is fail
   * @throws UncheckedIOException if the brokers do not respond
   */
  Positions check(List<KafkaPartitionSplit> splits, Map<TopicPartition, LostInput> known) {
    try {
      return checkOnce(splits, known);
    } catch (ExecutionException | KafkaException e) {
      String servers = topics.clients().bootstrapServers();
      throw failure(BrokerFailure.summarize(e, servers), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failure("interrupted", e);
    }
  }

  /** Reports how long the job can be down, as far as the brokers report it. */
  private void report(String topic, TopicRetention retention) {
    LOG.info("Input '{}': topic '{}': {}", settings.alias(), topic, retention);
    retention.limit().ifPresent(limit -> metrics.retention(topic, limit));
  }

  private UncheckedIOException failure(String message, Exception cause) {
    return new UncheckedIOException(
        new IOException("input '%s': %s".formatted(settings.alias(), message), cause));
  }

  private Positions checkOnce(
      List<KafkaPartitionSplit> splits, Map<TopicPartition, LostInput> known)
      throws ExecutionException, InterruptedException {
    Set<TopicPartition> partitions =
        splits.stream().map(KafkaPartitionSplit::getTopicPartition).collect(Collectors.toSet());
    Map<TopicPartition, Long> committed = topics.committed(startingAtCommitted(splits));
    TopicLogs log = topics.read(partitions);
    log.byTopic()
        .forEach(
            (topic, found) -> found.retention().ifPresent(retention -> report(topic, retention)));
    List<TrackedSplit> positions = positions(splits, log, committed);
    Map<TopicPartition, LostInput> losses = losses(positions, log);
    for (int attempt = 1; attempt < ATTEMPTS && mayBeTemporary(losses); attempt++) {
      Thread.sleep(PAUSE.toMillis());
      log = topics.read(partitions);
      losses = losses(positions, log);
    }
    for (LostInput truncated : known.values()) {
      losses.merge(
          truncated.partition(),
          truncated,
          (found, better) -> found instanceof LostInput.BeyondEnd ? better : found);
    }
    List<LostInput> lost = losses.values().stream().map(this::withTime).toList();
    if (!lost.isEmpty()) {
      report(lost);
    }
    List<TrackedSplit> resumed = new ArrayList<>();
    List<TrackedSplit> missing = new ArrayList<>();
    for (TrackedSplit position : positions) {
      LostInput loss = losses.get(position.getTopicPartition());
      TopicPartition partition = position.getTopicPartition();
      (log.has(partition) ? resumed : missing)
          .add(
              new TrackedSplit(
                  loss == null ? position : position.at(loss.resume()),
                  id(position, loss, log),
                  position.lastRead()));
    }
    return new Positions(resumed, missing, lost);
  }

  private static Set<TopicPartition> startingAtCommitted(List<KafkaPartitionSplit> splits) {
    return splits.stream()
        .filter(split -> split.getStartingOffset() == KafkaPartitionSplit.COMMITTED_OFFSET)
        .map(KafkaPartitionSplit::getTopicPartition)
        .collect(Collectors.toSet());
  }

  /** Replaces the markers of partitions that were not read yet by offsets. */
  private static List<TrackedSplit> positions(
      List<KafkaPartitionSplit> splits, TopicLogs log, Map<TopicPartition, Long> committed) {
    return splits.stream()
        .map(TrackedSplit::of)
        .map(
            split ->
                log.start(split, committed.get(split.getTopicPartition()))
                    .map(split::at)
                    .orElse(split))
        .toList();
  }

  private static Map<TopicPartition, LostInput> losses(
      List<TrackedSplit> positions, TopicLogs log) {
    Map<TopicPartition, LostInput> losses =
        new TreeMap<>(
            Comparator.comparing(TopicPartition::topic).thenComparing(TopicPartition::partition));
    positions.forEach(
        position -> log.lost(position).ifPresent(lost -> losses.put(lost.partition(), lost)));
    return losses;
  }

  /** Just after a change of leaders, brokers may not know a topic or the end of its log. */
  private static boolean mayBeTemporary(Map<TopicPartition, LostInput> losses) {
    return losses.values().stream()
        .anyMatch(
            lost ->
                lost instanceof LostInput.BeyondEnd || lost instanceof LostInput.DeletedPartition);
  }

  private LostInput withTime(LostInput lost) {
    return lost instanceof LostInput.DeletedRecords deleted
        ? deleted.before(topics.firstTimestamp(deleted.partition(), deleted.to()))
        : lost;
  }

  private void report(List<LostInput> losses) {
    LossReport report = new LossReport(settings.alias(), losses);
    metrics.lost(losses);
    if (settings.onLost() == OnLostInput.FAIL) {
      LOG.error("{}", report);
      throw new LostInputException(report.failure());
    }
    LOG.error("{}", report.resumption());
  }

  /** Forgets the id of a topic that does not exist: the next one of this name is read as new. */
  private static Uuid id(TrackedSplit position, LostInput loss, TopicLogs log) {
    Uuid id = log.id(position.getTopicPartition());
    return loss instanceof LostInput.DeletedPartition || !id.equals(Uuid.ZERO_UUID)
        ? id
        : position.topicId();
  }
}

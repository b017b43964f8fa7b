package dev.outflow.kafka.retention;

import dev.outflow.kafka.TopicSubscription;
import dev.outflow.kafka.silence.SelectiveReader;
import dev.outflow.secret.Causes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.core.io.InputStatus;
import org.apache.kafka.clients.consumer.LogTruncationException;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;

/**
 * Reads with KafkaSource's reader, whose consumer must have no {@code auto.offset.reset}. Checks
 * each position before reading from it, and all of them if the consumer reports that one no longer
 * exists.
 *
 * @param <T> the type of records
 */
final class LossDetectingReader<T>
    implements SourceReader<T, KafkaPartitionSplit>, SelectiveReader {
  private final ReaderFactory<T> kafka;
  private final LossDetector detector;
  private final ReadPositions positions = new ReadPositions();

  /** Partitions that are not read, and have not been released yet: they hold back the watermark. */
  private final List<String> unread = new ArrayList<>();

  /**
   * Partitions of a pattern's topics that do not exist. Checkpoints keep them: Flink's enumerator
   * has assigned them, and if the topic is created again, the job restarts and reads it.
   */
  private final Map<TopicPartition, TrackedSplit> missing = new HashMap<>();

  private final Set<String> assigned = new HashSet<>();
  private SourceReader<T, KafkaPartitionSplit> reader;
  private boolean noMoreSplits;

  /** Creates a reader of KafkaSource. */
  @FunctionalInterface
  interface ReaderFactory<T> {
    SourceReader<T, KafkaPartitionSplit> create() throws Exception;
  }

  LossDetectingReader(ReaderFactory<T> kafka, LossDetector detector) throws Exception {
    this.kafka = kafka;
    this.detector = detector;
    this.reader = kafka.create();
  }

  @Override
  public void start() {
    reader.start();
  }

  /**
   * {@inheritDoc} Leaves out topics that a savepoint contains, but that are no longer read, and
   * topics of a pattern that no longer exist. Ignores partitions that it has already: if Flink's
   * enumerator is delayed, it discovers a new partition twice and would start it over.
   *
   * @throws LostInputException if records before these positions are lost and the input's policy is
   *     to fail
   */
  @Override
  public void addSplits(List<KafkaPartitionSplit> splits) {
    List<KafkaPartitionSplit> subscribed = new ArrayList<>();
    for (KafkaPartitionSplit split : splits) {
      if (!assigned.add(split.splitId())) {
        continue;
      }
      if (detector.settings().topics().contains(split.getTopic())) {
        subscribed.add(split);
      } else {
        unread.add(split.splitId());
      }
    }
    if (!subscribed.isEmpty()) {
      read(detector.check(subscribed, Map.of()));
    }
  }

  private void read(LossDetector.Positions checked) {
    List<TrackedSplit> splits = checked.splits();
    if (detector.settings().topics() instanceof TopicSubscription.TopicPattern) {
      for (TrackedSplit split : checked.missing()) {
        missing.put(split.getTopicPartition(), split.at(KafkaPartitionSplit.EARLIEST_OFFSET));
        unread.add(split.splitId());
      }
    } else {
      splits = Stream.concat(splits.stream(), checked.missing().stream()).toList();
    }
    if (!splits.isEmpty()) {
      splits.forEach(positions::start);
      List<KafkaPartitionSplit> added = List.copyOf(splits);
      positions.creatingConsumers(() -> reader.addSplits(added));
    }
  }

  @Override
  public boolean reads(TopicPartition partition) {
    return detector.settings().topics().contains(partition.topic())
        && !missing.containsKey(partition);
  }

  /**
   * {@inheritDoc}
   *
   * @throws LostInputException if records are lost and the input's policy is to fail
   */
  @Override
  public InputStatus pollNext(ReaderOutput<T> output) throws Exception {
    unread.forEach(output::releaseOutputForSplit);
    unread.clear();
    try {
      return reader.pollNext(output);
    } catch (RuntimeException e) {
      OffsetOutOfRangeException outOfRange =
          Causes.of(e).find(OffsetOutOfRangeException.class).orElse(null);
      if (outOfRange == null) {
        throw e;
      }
      LossDetector.Positions left =
          detector.check(snapshotState(Long.MAX_VALUE), truncated(outOfRange));
      if (left.losses().isEmpty()) {
        throw e; // The brokers disagree about the end of the log; a restart asks again.
      }
      resume(left);
      return InputStatus.MORE_AVAILABLE;
    }
  }

  /**
   * Replaces the reader, whose fetcher has failed. A restart from the last checkpoint would lose
   * the records in between: they may be deleted, too.
   */
  private void resume(LossDetector.Positions left) throws Exception {
    reader.close();
    reader = kafka.create();
    reader.start();
    read(left);
    if (noMoreSplits) {
      reader.notifyNoMoreSplits();
    }
  }

  private static Map<TopicPartition, LostInput> truncated(OffsetOutOfRangeException outOfRange) {
    Map<TopicPartition, LostInput> losses = new HashMap<>();
    if (outOfRange instanceof LogTruncationException truncation) {
      Map<TopicPartition, Long> from = outOfRange.offsetOutOfRangePartitions();
      for (Map.Entry<TopicPartition, OffsetAndMetadata> diverging :
          truncation.divergentOffsets().entrySet()) {
        TopicPartition partition = diverging.getKey();
        losses.put(
            partition,
            new LostInput.TruncatedLog(
                partition, from.get(partition), diverging.getValue().offset()));
      }
    }
    return losses;
  }

  @Override
  public List<KafkaPartitionSplit> snapshotState(long checkpoint) {
    return Stream.concat(
            reader.snapshotState(checkpoint).stream().map(positions::track),
            missing.values().stream())
        .toList();
  }

  @Override
  public CompletableFuture<Void> isAvailable() {
    return reader.isAvailable();
  }

  @Override
  public void notifyNoMoreSplits() {
    noMoreSplits = true;
    reader.notifyNoMoreSplits();
  }

  @Override
  public void handleSourceEvents(SourceEvent event) {
    reader.handleSourceEvents(event);
  }

  /** {@inheritDoc} Commits the group's offsets, for which the reader may create a consumer. */
  @Override
  public void notifyCheckpointComplete(long checkpoint) throws Exception {
    positions.creatingConsumers(() -> reader.notifyCheckpointComplete(checkpoint));
  }

  @Override
  public void notifyCheckpointAborted(long checkpoint) throws Exception {
    reader.notifyCheckpointAborted(checkpoint);
  }

  @Override
  public void pauseOrResumeSplits(Collection<String> pause, Collection<String> resume) {
    reader.pauseOrResumeSplits(pause, resume);
  }

  @Override
  public void close() throws Exception {
    reader.close();
  }
}

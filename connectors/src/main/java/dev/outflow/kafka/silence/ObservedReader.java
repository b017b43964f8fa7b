package dev.outflow.kafka.silence;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.core.io.InputStatus;
import org.apache.kafka.common.TopicPartition;

/** A reader that reports its partitions, with a thread that asks for their ends. */
final class ObservedReader<T> implements SourceReader<T, KafkaPartitionSplit> {
  private final SourceReader<T, KafkaPartitionSplit> reader;
  private final SubtaskProgress progress;
  private final SilenceProbe probe;
  private final Thread thread;

  ObservedReader(
      SourceReader<T, KafkaPartitionSplit> reader,
      SubtaskProgress progress,
      SilenceProbe probe,
      int subtask) {
    this.reader = reader;
    this.progress = progress;
    this.probe = probe;
    this.thread = new Thread(probe, "silence-probe-" + subtask);
    thread.setDaemon(true);
  }

  @Override
  public void start() {
    reader.start();
    thread.start();
  }

  @Override
  public void addSplits(List<KafkaPartitionSplit> splits) {
    long now = System.currentTimeMillis();
    reader.addSplits(splits);
    splits.stream()
        .filter(split -> isRead(split.getTopicPartition()))
        .forEach(
            split -> progress.assign(split.getTopicPartition(), split.getStartingOffset(), now));
  }

  private boolean isRead(TopicPartition partition) {
    return !(reader instanceof SelectiveReader selective) || selective.reads(partition);
  }

  @Override
  public InputStatus pollNext(ReaderOutput<T> output) throws Exception {
    return reader.pollNext(output);
  }

  @Override
  public List<KafkaPartitionSplit> snapshotState(long checkpoint) {
    return reader.snapshotState(checkpoint);
  }

  @Override
  public CompletableFuture<Void> isAvailable() {
    return reader.isAvailable();
  }

  @Override
  public void notifyNoMoreSplits() {
    reader.notifyNoMoreSplits();
  }

  @Override
  public void handleSourceEvents(SourceEvent event) {
    reader.handleSourceEvents(event);
  }

  @Override
  public void pauseOrResumeSplits(Collection<String> pause, Collection<String> resume) {
    reader.pauseOrResumeSplits(pause, resume);
  }

  @Override
  public void notifyCheckpointComplete(long checkpoint) throws Exception {
    reader.notifyCheckpointComplete(checkpoint);
  }

  @Override
  public void notifyCheckpointAborted(long checkpoint) throws Exception {
    reader.notifyCheckpointAborted(checkpoint);
  }

  /** Does not wait for the thread, which may wait for a broker. */
  @Override
  public void close() throws Exception {
    probe.close();
    thread.interrupt();
    reader.close();
  }
}

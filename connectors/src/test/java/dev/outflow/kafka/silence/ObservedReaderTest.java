package dev.outflow.kafka.silence;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.core.io.InputStatus;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class ObservedReaderTest {
  private static final TopicPartition READ = new TopicPartition("orders-eu", 0);
  private static final TopicPartition LEFT_OUT = new TopicPartition("orders-gone", 0);

  @Test
  void doesNotWaitForPartitionsThatTheReaderLeavesOut() throws Exception {
    SubtaskProgress progress = new SubtaskProgress();
    SilenceProbe probe =
        new SilenceProbe("input 'orders'", progress, () -> null, Clock.systemUTC());
    try (ObservedReader<Integer> reader =
        new ObservedReader<>(new SelectiveFake(), progress, probe, 0)) {
      reader.addSplits(
          List.of(new KafkaPartitionSplit(READ, 5), new KafkaPartitionSplit(LEFT_OUT, 7)));
    }

    assertThat(progress.partitions()).extracting(PartitionProgress::partition).containsOnly(READ);
  }

  @Test
  void keepsTheProgressOfAPartitionThatIsAssignedTwice() {
    SubtaskProgress progress = new SubtaskProgress();
    progress.assign(READ, 5, 0);
    progress.assign(READ, KafkaPartitionSplit.EARLIEST_OFFSET, 1);

    assertThat(progress.partitions()).singleElement().returns(5L, PartitionProgress::next);
  }

  /** Reads nothing. */
  private static final class SelectiveFake
      implements SourceReader<Integer, KafkaPartitionSplit>, SelectiveReader {
    @Override
    public boolean reads(TopicPartition partition) {
      return !partition.equals(LEFT_OUT);
    }

    @Override
    public void start() {}

    @Override
    public InputStatus pollNext(ReaderOutput<Integer> output) {
      return InputStatus.NOTHING_AVAILABLE;
    }

    @Override
    public List<KafkaPartitionSplit> snapshotState(long checkpoint) {
      return List.of();
    }

    @Override
    public CompletableFuture<Void> isAvailable() {
      return new CompletableFuture<>();
    }

    @Override
    public void addSplits(List<KafkaPartitionSplit> splits) {}

    @Override
    public void notifyNoMoreSplits() {}

    @Override
    public void close() {}
  }
}

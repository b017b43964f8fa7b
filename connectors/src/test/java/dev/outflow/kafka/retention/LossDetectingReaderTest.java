package dev.outflow.kafka.retention;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outflow.kafka.TopicSubscription;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.core.io.InputStatus;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class LossDetectingReaderTest {
  private final FakeReader kafka = new FakeReader();

  @Test
  void neitherReadsNorKeepsPartitionsThatNoLongerMatch() throws Exception {
    LossDetectingReader<Integer> reader = reader();
    KafkaPartitionSplit other = new KafkaPartitionSplit(new TopicPartition("returns", 0), 7);
    reader.addSplits(List.of(other));
    reader.addSplits(List.of(other));

    assertThat(kafka.added).isEmpty();
    assertThat(reader.reads(other.getTopicPartition())).isFalse();
    assertThat(reader.snapshotState(1)).isEmpty();
  }

  private LossDetectingReader<Integer> reader() throws Exception {
    InputSettings settings =
        new InputSettings(
            "orders",
            new TopicSubscription.TopicPattern(Pattern.compile("orders-.*")),
            OnLostInput.FAIL);
    return new LossDetectingReader<>(
        () -> kafka,
        new LossDetector(
            settings,
            new TopicLogReader(new InputClients(new Properties())),
            new LossMetrics(new UnregisteredMetricsGroup())));
  }

  /** Keeps what it is assigned. */
  private static final class FakeReader implements SourceReader<Integer, KafkaPartitionSplit> {
    private final List<KafkaPartitionSplit> added = new ArrayList<>();

    @Override
    public void start() {}

    @Override
    public InputStatus pollNext(ReaderOutput<Integer> output) {
      return InputStatus.NOTHING_AVAILABLE;
    }

    @Override
    public List<KafkaPartitionSplit> snapshotState(long checkpoint) {
      return added;
    }

    @Override
    public CompletableFuture<Void> isAvailable() {
      return new CompletableFuture<>();
    }

    @Override
    public void addSplits(List<KafkaPartitionSplit> splits) {
      added.addAll(splits);
    }

    @Override
    public void notifyNoMoreSplits() {}

    @Override
    public void close() {}
  }
}

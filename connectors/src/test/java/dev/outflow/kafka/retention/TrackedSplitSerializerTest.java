package dev.outflow.kafka.retention;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplitSerializer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.junit.jupiter.api.Test;

class TrackedSplitSerializerTest {
  private static final KafkaPartitionSplit POSITION =
      new KafkaPartitionSplit(new TopicPartition("orders", 3), 500, 900);

  private final KafkaPartitionSplitSerializer kafka = new KafkaPartitionSplitSerializer();
  private final TrackedSplitSerializer tracked = new TrackedSplitSerializer(kafka);

  @Test
  void restoresWhatItStores() throws IOException {
    byte[] bytes = tracked.serialize(new TrackedSplit(POSITION, new Uuid(1, 2), 42));

    KafkaPartitionSplit restored = tracked.deserialize(tracked.getVersion(), bytes);

    assertThat(restored)
        .isEqualTo(POSITION)
        .isInstanceOfSatisfying(
            TrackedSplit.class,
            split -> {
              assertThat(split.topicId()).isEqualTo(new Uuid(1, 2));
              assertThat(split.lastRead()).isEqualTo(42);
            });
  }

  @Test
  void restoresSavepointsOfVersionsWithoutLossDetection() throws IOException {
    KafkaPartitionSplit restored =
        tracked.deserialize(kafka.getVersion(), kafka.serialize(POSITION));

    assertThat(restored).isEqualTo(POSITION);
    assertThat(TrackedSplit.of(restored).topicId()).isEqualTo(Uuid.ZERO_UUID);
  }

  @Test
  void storesSplitsThatVersionsWithoutLossDetectionCanRestore() throws IOException {
    byte[] bytes = tracked.serialize(new TrackedSplit(POSITION, new Uuid(1, 2), 42));

    assertThat(kafka.deserialize(tracked.getVersion(), bytes)).isEqualTo(POSITION);
  }
}

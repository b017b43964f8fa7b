package dev.outflow.kafka.output;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PartitionStrategyTest {

  @ParameterizedTest
  @CsvSource({
    "23456, 3, 2", "23456, 7, 5", "23456, 12, 11", "23456, 17, 7",
    "hejsan, 3, 0", "hejsan, 7, 3", "hejsan, 12, 6", "hejsan, 17, 14",
    "kafka, 3, 2", "kafka, 7, 6", "kafka, 12, 11", "kafka, 17, 11",
    "device-42, 3, 0", "device-42, 7, 6", "device-42, 12, 6", "device-42, 17, 11"
  })
  void crc32AgreesWithLibrdkafka(String key, int partitions, int expected) {
    PartitionChoice choice = PartitionStrategy.CRC32.forSubtask(0);

    assertThat(choice.choose(key.getBytes(UTF_8), () -> partitions)).isEqualTo(expected);
  }

  @Test
  void crc32DistributesRecordsWithoutKeyOverAllPartitions() {
    PartitionChoice choice = PartitionStrategy.CRC32.forSubtask(0);
    Set<Integer> chosen = new HashSet<>();
    for (int i = 0; i < 1_000; i++) {
      chosen.add(choice.choose(null, () -> 5));
      chosen.add(choice.choose(new byte[0], () -> 5));
    }

    assertThat(chosen).containsExactlyInAnyOrder(0, 1, 2, 3, 4);
  }

  @Test
  void crc32AssignsAllUpsertsOfAnEmptyKeyToOnePartition() {
    PartitionChoice choice = PartitionStrategy.CRC32.forUpserts(1);

    assertThat(choice.choose(new byte[0], () -> 5)).isZero();
    assertThat(choice.choose("kafka".getBytes(UTF_8), () -> 7)).isEqualTo(6);
  }

  @Test
  void roundRobinDistributesRecordsEvenly() {
    PartitionChoice choice = PartitionStrategy.ROUND_ROBIN.forSubtask(2);
    List<Integer> chosen = new ArrayList<>();
    for (int i = 0; i < 700; i++) {
      chosen.add(choice.choose(null, () -> 7));
    }

    IntStream.range(0, 7)
        .forEach(partition -> assertThat(Collections.frequency(chosen, partition)).isEqualTo(100));
    assertThat(chosen.subList(0, 6)).containsExactly(2, 3, 4, 5, 6, 0);
  }

  @Test
  void murmur2AndStickyAreLeftToTheProducer() {
    assertThat(PartitionStrategy.MURMUR2.forSubtask(0).choose("kafka".getBytes(UTF_8), () -> 7))
        .isNull();
    assertThat(PartitionStrategy.STICKY.forSubtask(0).choose(null, () -> 7)).isNull();
  }
}

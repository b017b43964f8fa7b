package dev.outflow.embedded;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.common.Uuid;

/** A topic of a {@link FakeBroker}. */
record FakeTopic(
    String name, Uuid id, List<FakePartition> partitions, Map<String, String> settings) {
  static FakeTopic of(String name, int partitions, Map<String, String> settings) {
    return new FakeTopic(
        name,
        Uuid.randomUuid(),
        IntStream.range(0, partitions).mapToObj(index -> new FakePartition()).toList(),
        Map.copyOf(settings));
  }
}

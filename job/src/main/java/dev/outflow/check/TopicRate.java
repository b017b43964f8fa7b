package dev.outflow.check;

import static java.util.stream.Collectors.toMap;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartition;

/**
 * How fast records have been written to a topic, by their offsets.
 *
 * @param records those written in {@link #PERIOD}, with transaction markers
 */
record TopicRate(long records) {
  static final Duration PERIOD = Duration.ofMinutes(1);

  /** Returns the rate of the last minute before {@code now}, by the records' timestamps. */
  static TopicRate of(Admin admin, TopicDescription topic, Instant now)
      throws ExecutionException, InterruptedException {
    List<TopicPartition> partitions =
        topic.partitions().stream()
            .map(partition -> new TopicPartition(topic.name(), partition.partition()))
            .toList();
    Map<TopicPartition, Long> begins =
        offsets(admin, partitions, OffsetSpec.forTimestamp(now.minus(PERIOD).toEpochMilli()));
    Map<TopicPartition, Long> ends = offsets(admin, partitions, OffsetSpec.latest());
    return new TopicRate(
        partitions.stream()
            .filter(partition -> begins.get(partition) >= 0) // -1: no record is as recent.
            .mapToLong(partition -> ends.get(partition) - begins.get(partition))
            .sum());
  }

  private static Map<TopicPartition, Long> offsets(
      Admin admin, Collection<TopicPartition> partitions, OffsetSpec which)
      throws ExecutionException, InterruptedException {
    return admin
        .listOffsets(partitions.stream().collect(toMap(Function.identity(), partition -> which)))
        .all()
        .get()
        .entrySet()
        .stream()
        .collect(toMap(Map.Entry::getKey, entry -> entry.getValue().offset()));
  }

  /** In records/s: {@code 0.5 events/s}. */
  @Override
  public String toString() {
    double rate = (double) records / PERIOD.toSeconds();
    return String.format(Locale.ROOT, rate < 10 ? "%.1f events/s" : "%.0f events/s", rate);
  }
}

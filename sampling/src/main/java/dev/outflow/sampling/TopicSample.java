package dev.outflow.sampling;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toCollection;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Committed records of topics.
 *
 * @param records in the order of their arrival; those of a partition are in the order of their
 *     offsets
 * @param partitions how many partitions the topics have
 * @param limit what ended the sample early, e.g. {@code stopped after 15 s}, if anything
 */
public record TopicSample(
    List<ConsumerRecord<byte[], byte[]>> records, int partitions, Optional<String> limit) {
  public TopicSample {
    records = List.copyOf(records);
  }

  /** Returns records in the order of their timestamps, without changing that in a partition. */
  static List<ConsumerRecord<byte[], byte[]>> merge(List<ConsumerRecord<byte[], byte[]>> records) {
    Map<TopicPartition, Deque<ConsumerRecord<byte[], byte[]>>> partitions =
        records.stream()
            .collect(
                groupingBy(
                    record -> new TopicPartition(record.topic(), record.partition()),
                    toCollection(ArrayDeque::new)));
    PriorityQueue<Deque<ConsumerRecord<byte[], byte[]>>> next =
        new PriorityQueue<>(
            Comparator.<Deque<ConsumerRecord<byte[], byte[]>>>comparingLong(
                    partition -> partition.getFirst().timestamp())
                .thenComparing(partition -> partition.getFirst().topic())
                .thenComparingInt(partition -> partition.getFirst().partition()));
    next.addAll(partitions.values());
    List<ConsumerRecord<byte[], byte[]>> merged = new ArrayList<>();
    while (!next.isEmpty()) {
      Deque<ConsumerRecord<byte[], byte[]>> partition = next.remove();
      merged.add(partition.removeFirst());
      if (!partition.isEmpty()) {
        next.add(partition);
      }
    }
    return merged;
  }

  /** Returns the timestamps of the earliest and of the latest record. */
  public String period() {
    return "%s to %s"
        .formatted(
            Instant.ofEpochMilli(
                records.stream().mapToLong(ConsumerRecord::timestamp).min().orElse(0)),
            Instant.ofEpochMilli(
                records.stream().mapToLong(ConsumerRecord::timestamp).max().orElse(0)));
  }
}

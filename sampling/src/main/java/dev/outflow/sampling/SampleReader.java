package dev.outflow.sampling;

import static java.util.stream.Collectors.joining;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/**
 * Reads records between offsets, until a deadline or {@link SampleSize#MAX_BYTES}.
 *
 * <p>Not thread-safe.
 */
final class SampleReader {
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration QUIET = Duration.ofSeconds(3);

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final int perPartition;
  private final Duration timeout;
  private final Instant deadline;
  private final Consumer<String> progress;
  private final List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
  private final Map<TopicPartition, Integer> counts = new HashMap<>();
  private long bytes;
  private String limit;

  SampleReader(
      KafkaConsumer<byte[], byte[]> consumer,
      int perPartition,
      Duration timeout,
      Instant deadline,
      Consumer<String> progress) {
    this.consumer = consumer;
    this.perPartition = perPartition;
    this.timeout = timeout;
    this.deadline = deadline;
    this.progress = progress;
  }

  /** Returns the records of the last read. */
  List<ConsumerRecord<byte[], byte[]>> records() {
    return records;
  }

  /** Returns what ended the last read early. */
  Optional<String> limit() {
    return Optional.ofNullable(limit);
  }

  /** Reads the first records of each partition. */
  void read(Map<TopicPartition, Long> from, Map<TopicPartition, Long> to) {
    read(from, to, perPartition);
  }

  /** Reads all records. */
  void readAll(Map<TopicPartition, Long> from, Map<TopicPartition, Long> to) {
    read(from, to, Integer.MAX_VALUE);
  }

  private void read(Map<TopicPartition, Long> from, Map<TopicPartition, Long> to, int most) {
    records.clear();
    counts.clear();
    bytes = 0;
    consumer.resume(from.keySet());
    from.forEach(consumer::seek);
    Instant nextReport = Instant.now().plus(QUIET);
    for (List<TopicPartition> open = open(to, most);
        !open.isEmpty() && limit == null;
        open = open(to, most)) {
      if (Instant.now().isAfter(deadline)) {
        limit =
            "stopped after %d s; still waiting for records of %s"
                .formatted(timeout.toSeconds(), names(open));
      } else {
        if (Instant.now().isAfter(nextReport)) {
          progress.accept(
              "%d records read; waiting for records of %s".formatted(records.size(), names(open)));
          nextReport = nextReport.plus(QUIET);
        }
        poll(to, most);
      }
    }
  }

  private List<TopicPartition> open(Map<TopicPartition, Long> to, int most) {
    List<TopicPartition> open =
        to.entrySet().stream()
            .filter(end -> consumer.position(end.getKey()) < end.getValue())
            .filter(end -> counts.getOrDefault(end.getKey(), 0) < most)
            .map(Map.Entry::getKey)
            .toList();
    consumer.pause(to.keySet().stream().filter(partition -> !open.contains(partition)).toList());
    return open;
  }

  private void poll(Map<TopicPartition, Long> to, int most) {
    for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
      TopicPartition partition = new TopicPartition(record.topic(), record.partition());
      boolean isWanted =
          record.offset() < to.get(partition) && counts.getOrDefault(partition, 0) < most;
      if (isWanted && limit == null) {
        bytes += Math.max(0, record.serializedKeySize());
        bytes += Math.max(0, record.serializedValueSize());
        if (bytes > SampleSize.MAX_BYTES && !records.isEmpty()) {
          limit = "records are large: %d fill 64 MB".formatted(records.size());
        } else {
          records.add(record);
          counts.merge(partition, 1, Integer::sum);
        }
      }
    }
  }

  private static String names(List<TopicPartition> partitions) {
    return partitions.stream()
        .map(partition -> String.valueOf(partition.partition()))
        .sorted()
        .limit(10)
        .collect(joining(", ", partitions.size() == 1 ? "partition " : "partitions ", ""));
  }
}

package dev.outflow.sampling;

import static java.util.stream.Collectors.joining;

import dev.outflow.kafka.BrokerFailure;
import dev.outflow.kafka.ContextClassLoader;
import dev.outflow.option.InvalidOptionsException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads samples of topics: committed records only, without a consumer group, so that no job and no
 * offset is affected.
 *
 * @param topics the topics, read as one
 * @param progress receives what the command waits for, one line each
 */
public record TopicSampler(TopicClient client, List<String> topics, Consumer<String> progress) {
  /** Offsets that an aborted transaction or a marker takes do not count as records. */
  private static final int WIDER = 8;

  /**
   * Reads a sample.
   *
   * @throws InvalidOptionsException if the connection fails, or the topic or a permission is
   *     missing
   * @throws EmptySampleException if there are no records
   */
  public TopicSample read(SampleSize size) {
    Instant deadline = Instant.now().plus(size.timeout());
    progress.accept(
        "connecting to %s for %s".formatted(client.connection().bootstrapServers(), name()));
    topics.forEach(topic -> client.check(AclOperation.READ, topic));
    try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
      return read(consumer, size, deadline);
    } catch (KafkaException e) {
      throw new InvalidOptionsException(
          List.of(
              BrokerFailure.explain(
                  e, client.connection(), String.join(", ", topics), client.timeout())));
    }
  }

  private KafkaConsumer<byte[], byte[]> consumer() {
    Map<String, Object> properties = client.properties(ConsumerConfig.configNames());
    properties.remove(ConsumerConfig.GROUP_ID_CONFIG);
    properties.remove(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG);
    properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    properties.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) client.timeout().toMillis());
    return ContextClassLoader.with(
        () ->
            new KafkaConsumer<>(
                properties, new ByteArrayDeserializer(), new ByteArrayDeserializer()));
  }

  private TopicSample read(
      KafkaConsumer<byte[], byte[]> consumer, SampleSize size, Instant deadline) {
    List<TopicPartition> partitions =
        topics.stream()
            .flatMap(topic -> consumer.partitionsFor(topic).stream())
            .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
            .toList();
    consumer.assign(partitions);
    Map<TopicPartition, Long> begin = consumer.beginningOffsets(partitions);
    Map<TopicPartition, Long> end = consumer.endOffsets(partitions);
    SampleReader reader =
        new SampleReader(consumer, size.records(), size.timeout(), deadline, progress);
    if (size.since().isPresent()) {
      reader.read(starts(consumer, partitions, size.since().get(), end), end);
    } else {
      long window = size.records();
      boolean isFirst;
      do {
        Map<TopicPartition, Long> start = new HashMap<>();
        for (TopicPartition partition : partitions) {
          start.put(partition, Math.max(begin.get(partition), end.get(partition) - window));
        }
        isFirst = start.equals(begin);
        reader.readAll(start, end);
        window *= WIDER;
      } while (reader.records().size() < size.records() && !isFirst && reader.limit().isEmpty());
    }
    return sample(reader, size, partitions.size());
  }

  private static Map<TopicPartition, Long> starts(
      KafkaConsumer<byte[], byte[]> consumer,
      List<TopicPartition> partitions,
      Instant since,
      Map<TopicPartition, Long> end) {
    Map<TopicPartition, Long> times = new HashMap<>();
    partitions.forEach(partition -> times.put(partition, since.toEpochMilli()));
    Map<TopicPartition, Long> starts = new HashMap<>();
    Map<TopicPartition, OffsetAndTimestamp> found = consumer.offsetsForTimes(times);
    for (TopicPartition partition : partitions) {
      OffsetAndTimestamp at = found.get(partition);
      starts.put(partition, at == null ? end.get(partition) : at.offset());
    }
    return starts;
  }

  private TopicSample sample(SampleReader reader, SampleSize size, int partitions) {
    List<ConsumerRecord<byte[], byte[]>> merged = TopicSample.merge(reader.records());
    if (merged.isEmpty()) {
      throw new EmptySampleException(reader.limit().orElseGet(() -> empty(size)));
    }
    int count = Math.min(size.records(), merged.size());
    return new TopicSample(
        size.since().isPresent()
            ? merged.subList(0, count)
            : merged.subList(merged.size() - count, merged.size()),
        partitions,
        reader.limit());
  }

  private String empty(SampleSize size) {
    return size.since()
        .map(
            since ->
                "%s on %s: no committed records since %s; go further back with --since, or leave it out for the latest records"
                    .formatted(name(), client.connection().bootstrapServers(), since))
        .orElseGet(
            () ->
                "%s on %s: no committed records; none were written, all were deleted, or their transactions are open"
                    .formatted(name(), client.connection().bootstrapServers()));
  }

  private String name() {
    return topics.stream()
        .map("'%s'"::formatted)
        .collect(joining(", ", topics.size() == 1 ? "topic " : "topics ", ""));
  }
}

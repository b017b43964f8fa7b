package dev.outflow.kafka.silence;

import static dev.outflow.kafka.silence.PartitionEnds.Content.NOTHING;
import static dev.outflow.kafka.silence.PartitionEnds.Content.RECORDS;
import static dev.outflow.kafka.silence.PartitionEnds.Content.UNDECIDED;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;

/** A partition in memory and its leader, which can be unreachable. */
final class FakePartition implements PartitionEnds {
  static final TopicPartition PARTITION = new TopicPartition("events", 0);

  /** The timestamp of each record; null for a marker of a transaction. */
  private final List<Long> log = new ArrayList<>();

  private final TimestampType type;
  boolean reachable = true;
  int fetches;
  private long openFrom = Long.MAX_VALUE;

  FakePartition(TimestampType type) {
    this.type = type;
  }

  void append(long timestamp) {
    log.add(timestamp);
  }

  /** Appends a marker, which commits the records of an open transaction. */
  void commit() {
    log.add(null);
    openFrom = Long.MAX_VALUE;
  }

  /** Appends a record of a transaction that is still open. */
  void appendOpen(long timestamp) {
    openFrom = Math.min(openFrom, log.size());
    log.add(timestamp);
  }

  /** Returns the first record that the source can read at an offset or after it. */
  Optional<ConsumerRecord<byte[], byte[]>> read(long from) {
    for (long offset = Math.max(0, from); offset < Math.min(log.size(), openFrom); offset++) {
      if (log.get((int) offset) != null) {
        return Optional.of(record(offset, log.get((int) offset)));
      }
    }
    return Optional.empty();
  }

  ConsumerRecord<byte[], byte[]> record(long offset, long timestamp) {
    return new ConsumerRecord<>(
        "events",
        0,
        offset,
        timestamp,
        type,
        0,
        0,
        null,
        null,
        new RecordHeaders(),
        Optional.empty());
  }

  @Override
  public Map<TopicPartition, Long> ends(Collection<TopicPartition> partitions) {
    checkReachable();
    Map<TopicPartition, Long> ends = new HashMap<>();
    partitions.forEach(partition -> ends.put(partition, (long) log.size()));
    return ends;
  }

  @Override
  public Content between(TopicPartition partition, long from, long to) {
    checkReachable();
    fetches++;
    if (read(from).filter(record -> record.offset() < to).isPresent()) {
      return RECORDS;
    }
    return openFrom < to ? UNDECIDED : NOTHING;
  }

  private void checkReachable() {
    if (!reachable) {
      throw new org.apache.kafka.common.errors.TimeoutException("no answer");
    }
  }

  @Override
  public void close() {}
}

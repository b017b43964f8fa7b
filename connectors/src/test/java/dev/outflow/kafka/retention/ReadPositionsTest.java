package dev.outflow.kafka.retention;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReadPositionsTest {
  private static final TopicPartition PARTITION = new TopicPartition("orders", 0);

  private final ReadPositions positions = new ReadPositions();

  @BeforeEach
  void startAtTen() {
    positions.start(new TrackedSplit(reader(10), new Uuid(1, 1), 1000));
  }

  @Test
  void keepsThePositionOfAReaderThatHasReadNothing() {
    assertThat(position(10)).isEqualTo(10);
  }

  @Test
  void skipsMarkersAndAbortedRecordsAfterTheLastRecord() {
    positions.fetched(records(14, 10, 11));

    assertThat(position(12)).isEqualTo(14);
  }

  @Test
  void skipsMarkersAndAbortedRecordsIfThereIsNoRecord() {
    positions.fetched(records(13));

    assertThat(position(10)).isEqualTo(13);
  }

  @Test
  void keepsThePositionOfAReaderThatHasNotEmittedAllRecords() {
    positions.fetched(records(14, 10, 11));

    assertThat(position(11)).isEqualTo(11);
  }

  @Test
  void remembersTheTopicAndTheTimeOfTheLastRecord() {
    positions.fetched(records(12, 10, 11));

    TrackedSplit split = TrackedSplit.of(positions.track(reader(12)));

    assertThat(split.topicId()).isEqualTo(new Uuid(1, 1));
    assertThat(split.lastRead()).isEqualTo(1100);
  }

  @Test
  void belongsToTheReaderThatCreatesTheConsumer() {
    positions.creatingConsumers(
        () -> assertThat(ReadPositions.ofNewConsumer()).isSameAs(positions));

    assertThat(ReadPositions.ofNewConsumer()).isNotSameAs(positions);
  }

  private long position(long reader) {
    return positions.track(reader(reader)).getStartingOffset();
  }

  private static KafkaPartitionSplit reader(long offset) {
    return new KafkaPartitionSplit(PARTITION, offset);
  }

  private static ConsumerRecords<byte[], byte[]> records(long next, long... offsets) {
    List<ConsumerRecord<byte[], byte[]>> records =
        java.util.Arrays.stream(offsets).mapToObj(ReadPositionsTest::record).toList();
    return new ConsumerRecords<>(
        records.isEmpty() ? Map.of() : Map.of(PARTITION, records),
        Map.of(PARTITION, new OffsetAndMetadata(next)));
  }

  /** A record whose timestamp is a hundred times its offset. */
  private static ConsumerRecord<byte[], byte[]> record(long offset) {
    return new ConsumerRecord<>(
        PARTITION.topic(),
        PARTITION.partition(),
        offset,
        offset * 100,
        TimestampType.CREATE_TIME,
        0,
        0,
        null,
        new byte[0],
        new RecordHeaders(),
        Optional.empty());
  }
}

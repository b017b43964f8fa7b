package dev.outflow.sampling;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class TopicSampleTest {
  @Test
  void mergesPartitionsByTimeAndKeepsTheOrderOfEach() {
    assertThat(
            TopicSample.merge(
                List.of(record(0, 0, 10), record(1, 0, 5), record(0, 1, 7), record(1, 1, 20))))
        .extracting(record -> record.partition() + "-" + record.offset())
        .containsExactly("1-0", "0-0", "0-1", "1-1");
  }

  private static ConsumerRecord<byte[], byte[]> record(int partition, long offset, long time) {
    return new ConsumerRecord<>(
        "topic",
        partition,
        offset,
        time,
        TimestampType.CREATE_TIME,
        0,
        0,
        null,
        new byte[0],
        new RecordHeaders(),
        Optional.empty());
  }
}

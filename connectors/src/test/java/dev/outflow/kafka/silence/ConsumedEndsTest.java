package dev.outflow.kafka.silence;

import static dev.outflow.kafka.silence.PartitionEnds.Content.NOTHING;
import static dev.outflow.kafka.silence.PartitionEnds.Content.RECORDS;
import static dev.outflow.kafka.silence.PartitionEnds.Content.UNDECIDED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outflow.embedded.BrokerShape;
import dev.outflow.embedded.FakeBroker;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a leader says about a partition of a record, a marker, and more as each test needs. */
class ConsumedEndsTest {
  private static final TopicPartition PARTITION = new TopicPartition("events", 0);

  /** A start at the end whose offset only the source knows; in the state of older connectors. */
  private static final long UNRESOLVED_END = -1;

  private FakeBroker broker;
  private KafkaProducer<byte[], byte[]> producer;
  private ConsumedEnds ends;

  @BeforeEach
  void commitOneRecord() throws Exception {
    broker = FakeBroker.start(BrokerShape.kafka39());
    broker.topic("events", 1);
    producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", broker.bootstrapServers(), "transactional.id", "id"),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    producer.initTransactions();
    producer.beginTransaction();
    producer.send(new ProducerRecord<>("events", new byte[1])).get();
    producer.commitTransaction();
    ends = new ConsumedEnds(consumer(), "test", Duration.ofSeconds(2));
  }

  @AfterEach
  void close() {
    ends.close();
    producer.close(Duration.ZERO);
    broker.close();
  }

  private Properties consumer() {
    Properties properties = new Properties();
    properties.put("bootstrap.servers", broker.bootstrapServers());
    properties.put("group.id", "group");
    properties.put("isolation.level", "read_committed");
    return properties;
  }

  private long end() {
    return ends.ends(List.of(PARTITION)).get(PARTITION);
  }

  @Test
  void markerOfATransactionIsNothingToRead() {
    assertThat(end()).isEqualTo(2);
    assertThat(ends.between(PARTITION, 0, 2)).isEqualTo(RECORDS);
    assertThat(ends.between(PARTITION, 1, 2)).isEqualTo(NOTHING);
  }

  @Test
  void openTransactionIsUndecidedUntilItIsCommitted() throws Exception {
    producer.beginTransaction();
    producer.send(new ProducerRecord<>("events", new byte[1])).get();

    assertThat(end()).isEqualTo(3);
    assertThat(ends.between(PARTITION, 1, 3)).isEqualTo(UNDECIDED);
    producer.commitTransaction();
    assertThat(ends.between(PARTITION, 1, end())).isEqualTo(RECORDS);
  }

  @Test
  void abortedTransactionIsNothingToRead() throws Exception {
    producer.beginTransaction();
    producer.send(new ProducerRecord<>("events", new byte[1])).get();
    producer.abortTransaction();

    assertThat(end()).isEqualTo(4);
    assertThat(ends.between(PARTITION, 1, 4)).isEqualTo(NOTHING);
  }

  @Test
  void startsAreThoseOfTheSource() {
    assertThat(ends.between(PARTITION, KafkaPartitionSplit.EARLIEST_OFFSET, 2)).isEqualTo(RECORDS);
    assertThat(ends.between(PARTITION, KafkaPartitionSplit.COMMITTED_OFFSET, 2)).isEqualTo(RECORDS);
    assertThat(ends.between(PARTITION, UNRESOLVED_END, 2)).isEqualTo(UNDECIDED);
    try (KafkaConsumer<byte[], byte[]> group =
        new KafkaConsumer<>(consumer(), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      group.assign(List.of(PARTITION));
      group.commitSync(Map.of(PARTITION, new OffsetAndMetadata(1)));
    }
    assertThat(ends.between(PARTITION, KafkaPartitionSplit.COMMITTED_OFFSET, 2)).isEqualTo(NOTHING);
  }

  @Test
  void unreachableLeaderDoesNotAnswer() {
    assertThat(end()).isEqualTo(2);
    broker.close();

    assertThatThrownBy(this::end)
        .isInstanceOf(org.apache.kafka.common.errors.TimeoutException.class);
  }
}

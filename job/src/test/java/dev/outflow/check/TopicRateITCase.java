package dev.outflow.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outflow.embedded.EmbeddedKafka;
import dev.outflow.embedded.KafkaExtension;
import dev.outflow.embedded.TestTopic;
import dev.outflow.kafka.TopicCheck;
import java.time.Instant;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Counts the records of the last minute. */
@ExtendWith(KafkaExtension.class)
class TopicRateITCase {
  private static final Instant NOW = Instant.parse("2026-11-24T10:15:00Z");

  private final EmbeddedKafka kafka;

  TopicRateITCase(EmbeddedKafka kafka) {
    this.kafka = kafka;
  }

  @Test
  void countsRecordsOfTheLastMinuteInEachPartition() throws Exception {
    TestTopic topic = TestTopic.create(kafka, 3);
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", kafka.bootstrapServers()),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      for (int age : new int[] {90, 61, 30, 20, 10}) {
        producer.send(record(topic, 0, age)).get();
      }
      producer.send(record(topic, 1, 3600)).get();
    }

    try (Admin admin = kafka.admin()) {
      TopicRate rate = TopicRate.of(admin, TopicCheck.describe(admin, topic.name()), NOW);

      assertThat(rate.records()).isEqualTo(3);
    }
  }

  @Test
  void printsSlowRatesWithADecimal() {
    assertThat(new TopicRate(0)).hasToString("0.0 events/s");
    assertThat(new TopicRate(30)).hasToString("0.5 events/s");
    assertThat(new TopicRate(90_000)).hasToString("1500 events/s");
  }

  private static ProducerRecord<byte[], byte[]> record(TestTopic topic, int partition, int age) {
    return new ProducerRecord<>(
        topic.name(), partition, NOW.minusSeconds(age).toEpochMilli(), null, new byte[1]);
  }
}

package dev.outflow.kafka.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outflow.embedded.EmbeddedKafka;
import dev.outflow.embedded.KafkaExtension;
import dev.outflow.embedded.TestTopic;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Properties;
import org.apache.flink.connector.kafka.sink.KafkaCommittable;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Looks up transactions whose ids are no longer known; only a record of each remains. */
@ExtendWith(KafkaExtension.class)
class TransactionOutcomeLookupITCase {
  private static final short EPOCH = 0;

  private final EmbeddedKafka kafka;

  TransactionOutcomeLookupITCase(EmbeddedKafka kafka) {
    this.kafka = kafka;
  }

  @ParameterizedTest
  @EnumSource
  void aRecordOfTheTransactionShowsWhetherItWasCommitted(TransactionNaming naming)
      throws Exception {
    assertThat(at(kafka).of(transaction(clusterId(), true), naming))
        .isEqualTo(TransactionOutcome.COMMITTED);
    assertThat(at(kafka).of(transaction(clusterId(), false), naming))
        .isEqualTo(TransactionOutcome.ABORTED);
  }

  @Test
  void outcomeIsUnknownIfTheAddressLeadsToAnotherCluster() throws Exception {
    assertThat(at(kafka).of(transaction("previous-cluster", true), TransactionNaming.INCREMENTING))
        .isEqualTo(TransactionOutcome.UNKNOWN);
  }

  @Test
  void outcomeIsNotYetKnownIfBrokersDoNotRespond() throws Exception {
    CommittableWithOrigin transaction = transaction(clusterId(), true);
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      TransactionOutcomeLookup lookup = at("localhost:" + silent.getLocalPort());

      assertThat(lookup.of(transaction, TransactionNaming.INCREMENTING))
          .isEqualTo(TransactionOutcome.NOT_YET_KNOWN);
    }
  }

  private CommittableWithOrigin transaction(String clusterId, boolean committed) throws Exception {
    TestTopic topic = TestTopic.create(kafka, 1);
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", kafka.bootstrapServers(), "transactional.id", topic.name()),
            new StringSerializer(),
            new StringSerializer())) {
      producer.initTransactions();
      producer.beginTransaction();
      RecordMetadata record = producer.send(new ProducerRecord<>(topic.name(), "one")).get();
      if (committed) {
        producer.commitTransaction();
      } else {
        producer.abortTransaction();
      }
      Instant now = Instant.now();
      return new CommittableWithOrigin(
          new KafkaCommittable(0, EPOCH, "forgotten-" + topic.name(), null),
          new TransactionOrigin(
              clusterId,
              kafka.bootstrapServers(),
              1,
              now,
              now,
              1,
              topic.name(),
              record.partition(),
              record.offset()));
    }
  }

  private String clusterId() throws Exception {
    try (Admin admin = kafka.admin()) {
      return admin.describeCluster().clusterId().get();
    }
  }

  private static TransactionOutcomeLookup at(EmbeddedKafka kafka) {
    return at(kafka.bootstrapServers());
  }

  private static TransactionOutcomeLookup at(String servers) {
    Properties producer = new Properties();
    producer.put("bootstrap.servers", servers);
    return new TransactionOutcomeLookup(new KafkaClientFactory(producer, Duration.ofSeconds(5)));
  }
}

package dev.outflow.kafka.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outflow.embedded.EmbeddedKafka;
import dev.outflow.embedded.KafkaExtension;
import dev.outflow.embedded.TestTopic;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(KafkaExtension.class)
class DanglingTransactionsITCase {
  private final EmbeddedKafka kafka;

  DanglingTransactionsITCase(EmbeddedKafka kafka) {
    this.kafka = kafka;
  }

  @Test
  void distinguishesTransactionsToAbortFromTransactionsToCommitAndOfOtherRuns() throws Exception {
    TestTopic topic = TestTopic.create(kafka, 1);
    String output = topic.name() + "-";
    try (KafkaProducer<String, String> toCommit = open(topic, output + "aaaaaaaa-0-42");
        KafkaProducer<String, String> toAbort = open(topic, output + "aaaaaaaa-0-43");
        KafkaProducer<String, String> ofAnotherRun = open(topic, output + "cccccccc-0-7");
        Admin admin = kafka.admin()) {
      DanglingTransactions found =
          DanglingTransactions.find(admin, output + "bbbbbbbb", List.of(output + "aaaaaaaa"), 42);

      assertThat(found.aborted()).isEqualTo(1);
      assertThat(found.dangling())
          .extracting(DanglingTransaction::transactionalId)
          .containsExactly(output + "cccccccc-0-7");
      toCommit.abortTransaction();
      toAbort.abortTransaction();
      ofAnotherRun.abortTransaction();
    }
  }

  private KafkaProducer<String, String> open(TestTopic topic, String id) throws Exception {
    KafkaProducer<String, String> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", kafka.bootstrapServers(), "transactional.id", id),
            new StringSerializer(),
            new StringSerializer());
    producer.initTransactions();
    producer.beginTransaction();
    producer.send(new ProducerRecord<>(topic.name(), "one")).get();
    return producer;
  }
}

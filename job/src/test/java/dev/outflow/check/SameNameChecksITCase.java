package dev.outflow.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outflow.embedded.EmbeddedKafka;
import dev.outflow.embedded.KafkaExtension;
import dev.outflow.embedded.TestTopic;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Reports what another job or application uses under the same name. */
@ExtendWith(KafkaExtension.class)
class SameNameChecksITCase {
  private final EmbeddedKafka kafka;
  private final TestTopic topic;

  SameNameChecksITCase(EmbeddedKafka kafka) throws Exception {
    this.kafka = kafka;
    topic = TestTopic.create(kafka, 1);
  }

  @Test
  void warnsOfAConsumerGroupWithMembers() throws Exception {
    String group = topic.name();
    try (KafkaConsumer<byte[], byte[]> billing = consumer(group)) {
      billing.subscribe(List.of(topic.name()));
      while (billing.assignment().isEmpty()) {
        billing.poll(Duration.ofMillis(100));
      }

      assertThat(input(group))
          .isEqualTo(
              "consumers of another application are members of group '%s' (billing on 127.0.0.1): Kafka rejects this job's commits while they are; use a separate group for this job",
              group);
      assertThatThrownBy(() -> commitAsFlinkDoes(group)).isInstanceOf(CommitFailedException.class);
    }
    commitAsFlinkDoes(group);
    assertThat(input(group)).isEqualTo("'%s' has committed offsets for 1 of 1 partitions", group);
  }

  @Test
  void reportsOpenTransactionsOfTheOutput() throws Exception {
    String prefix = topic.name();
    try (KafkaProducer<byte[], byte[]> running =
        new KafkaProducer<>(
            Map.of(
                "bootstrap.servers",
                kafka.bootstrapServers(),
                "transactional.id",
                prefix + "-1111bbbb-0-7"),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      running.initTransactions();
      running.beginTransaction();
      running.send(new ProducerRecord<>(topic.name(), new byte[1])).get();

      assertThat(output(prefix))
          .isEqualTo(
              "authorized for transactional ids starting with '%s'; 1 open: a job with this name is running, or ended without a savepoint",
              prefix);
      assertThat(output(prefix + "-1111bbbb"))
          .as("another output's")
          .isEqualTo("authorized for transactional ids starting with '%s-1111bbbb'", prefix);
    }
  }

  private String input(String group) throws Exception {
    return RecordedCheck.input(options(), "consumer-group-id", group)
        .step(CheckStep.GROUP)
        .answer();
  }

  private String output(String prefix) throws Exception {
    return RecordedCheck.output(options(), "transactional-id-prefix", prefix)
        .step(CheckStep.TRANSACTIONS)
        .answer();
  }

  private Map<String, String> options() {
    return Map.of(
        "bootstrap-servers", kafka.bootstrapServers(), "topic", topic.name(), "format", "json");
  }

  /** Commits with a partition that is assigned by hand. */
  private void commitAsFlinkDoes(String group) {
    TopicPartition partition = new TopicPartition(topic.name(), 0);
    try (KafkaConsumer<byte[], byte[]> consumer = consumer(group)) {
      consumer.assign(List.of(partition));
      consumer.commitSync(Map.of(partition, new OffsetAndMetadata(0)));
    }
  }

  private KafkaConsumer<byte[], byte[]> consumer(String group) {
    return new KafkaConsumer<>(
        Map.of(
            "bootstrap.servers",
            kafka.bootstrapServers(),
            "client.id",
            "billing",
            "group.id",
            group),
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer());
  }
}

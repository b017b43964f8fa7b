package dev.outflow.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.PolicyViolationException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.errors.UnsupportedCompressionTypeException;
import org.apache.kafka.common.errors.UnsupportedVersionException;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.record.CompressionType;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Kafka's own clients work with the stand-in as with a broker of its shape. */
class FakeBrokerTest {
  @ParameterizedTest
  @MethodSource("dev.outflow.embedded.BrokerShape#all")
  void servesProducersConsumersAndAdminClients(BrokerShape shape) throws Exception {
    try (FakeBroker broker = FakeBroker.start(shape)) {
      TestTopic topic = broker.topic("orders", 2, Map.of("retention.ms", "1000"));
      send(broker, Map.of(), "a", "b", "c");

      assertThat(values(topic)).containsExactlyInAnyOrder("a", "b", "c");
      try (Admin admin = broker.admin()) {
        assertThat(admin.describeCluster().clusterId().get()).isEqualTo("fake-cluster");
        assertThat(
                admin
                    .describeTopics(List.of("orders"))
                    .allTopicNames()
                    .get()
                    .get("orders")
                    .partitions())
            .hasSize(2);
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, "orders");
        assertThat(
                admin
                    .describeConfigs(List.of(resource))
                    .all()
                    .get()
                    .get(resource)
                    .get("retention.ms")
                    .value())
            .isEqualTo("1000");
        TopicPartition first = new TopicPartition("orders", 0);
        admin.alterConsumerGroupOffsets("g", Map.of(first, new OffsetAndMetadata(7))).all().get();
        assertThat(
                admin
                    .listConsumerGroupOffsets("g")
                    .partitionsToOffsetAndMetadata()
                    .get()
                    .get(first)
                    .offset())
            .isEqualTo(7);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("dev.outflow.embedded.BrokerShape#all")
  void commitsAndAbortsTransactionsOnlyWhereTheyAreOffered(BrokerShape shape) {
    try (FakeBroker broker = FakeBroker.start(shape)) {
      TestTopic topic = broker.topic("orders", 1);
      Map<String, Object> properties = properties(broker, Map.of("transactional.id", "t"));
      try (KafkaProducer<String, String> producer = producer(properties)) {
        producer.initTransactions();
        producer.beginTransaction();
        Future<RecordMetadata> sent = producer.send(new ProducerRecord<>("orders", "aborted"));
        if (!shape.requests().containsKey(ApiKeys.END_TXN)) {
          assertThatThrownBy(producer::commitTransaction)
              .satisfiesAnyOf( // The second if the producer's thread found out before.
                  failure -> assertThat(failure).isInstanceOf(UnsupportedVersionException.class),
                  failure ->
                      assertThat(failure).hasCauseInstanceOf(UnsupportedVersionException.class));
          return;
        }
        producer.flush();
        assertThat(sent).isDone();
        producer.abortTransaction();
        producer.beginTransaction();
        Future<RecordMetadata> kept = producer.send(new ProducerRecord<>("orders", "committed"));
        producer.commitTransaction();
        assertThat(kept).isDone();
      }
      assertThat(topic.settled()).hasSize(1);
      assertThat(values(topic)).containsExactly("committed");
    }
  }

  /** Kafka's client then lists all topics: one that the list lacks does not exist for it. */
  @Test
  void reportsNoPermissionsBeforeMetadata8() throws Exception {
    try (FakeBroker broker = FakeBroker.start(BrokerShape.eventHubs());
        Admin admin = broker.admin()) {
      broker.topic("orders", 1);
      assertThat(withPermissions(admin).authorizedOperations()).isNull();

      broker.hideTopics();
      assertThatThrownBy(() -> withPermissions(admin))
          .hasCauseInstanceOf(UnknownTopicOrPartitionException.class);
    }
  }

  private static TopicDescription withPermissions(Admin admin) throws Exception {
    return admin
        .describeTopics(
            List.of("orders"), new DescribeTopicsOptions().includeAuthorizedOperations(true))
        .allTopicNames()
        .get()
        .get("orders");
  }

  @Test
  void rejectsWrongPasswordButKeepsOpenConnections() throws Exception {
    try (FakeBroker broker =
        FakeBroker.start(BrokerShape.eventHubs()).requirePassword("user", "old")) {
      broker.topic("orders", 1);
      Map<String, Object> properties = properties(broker, Map.of());
      properties.put("security.protocol", "SASL_PLAINTEXT");
      properties.put("sasl.mechanism", "PLAIN");
      properties.put(
          "sasl.jaas.config",
          "org.apache.kafka.common.security.plain.PlainLoginModule required username='user' password='old';");
      try (KafkaProducer<String, String> open = producer(properties)) {
        open.send(new ProducerRecord<>("orders", "a")).get();
        broker.requirePassword("user", "regenerated");
        open.send(new ProducerRecord<>("orders", "b")).get();
        try (KafkaProducer<String, String> late = producer(properties)) {
          assertThatThrownBy(() -> late.send(new ProducerRecord<>("orders", "c")).get())
              .hasRootCauseInstanceOf(SaslAuthenticationException.class)
              .hasRootCauseMessage("Authentication failed");
        }
      }
    }
  }

  @Test
  void failsAsAsked() throws Exception {
    try (FakeBroker broker = FakeBroker.start(BrokerShape.eventHubs())) {
      broker.topic("orders", 1);
      broker.acceptCodecs(CompressionType.NONE, CompressionType.GZIP);
      assertThatThrownBy(() -> send(broker, Map.of("compression.type", "lz4"), "a"))
          .hasCauseInstanceOf(UnsupportedCompressionTypeException.class);
      send(broker, Map.of("compression.type", "gzip"), "a");

      broker.failProduce(Errors.POLICY_VIOLATION, 1);
      assertThatThrownBy(() -> send(broker, Map.of(), "a"))
          .hasCauseInstanceOf(PolicyViolationException.class);

      broker.closeAbove(1_000);
      Map<String, Object> impatient =
          Map.of("delivery.timeout.ms", "1000", "request.timeout.ms", "500", "linger.ms", "0");
      assertThatThrownBy(() -> send(broker, impatient, "a".repeat(2_000)))
          .hasCauseInstanceOf(TimeoutException.class);

      broker.resetApiVersions4();
      int before = broker.connections();
      Map<String, Object> blocked = Map.of("max.block.ms", "500");
      assertThatThrownBy(() -> send(broker, blocked, "a"))
          .hasRootCauseInstanceOf(TimeoutException.class);
      assertThat(broker.connections() - before).isGreaterThan(1);
    }
  }

  @Test
  void cutsIdleConnections() throws Exception {
    try (FakeBroker broker =
            FakeBroker.start(BrokerShape.kafka39()).cutAfterIdle(Duration.ofMillis(50));
        Socket idle = new Socket("localhost", broker.port())) {
      idle.setSoTimeout(10_000);
      assertThatThrownBy(() -> idle.getInputStream().read()).isInstanceOf(SocketException.class);
    }
  }

  private static void send(FakeBroker broker, Map<String, Object> more, String... values)
      throws Exception {
    try (KafkaProducer<String, String> producer = producer(properties(broker, more))) {
      for (String value : values) {
        producer.send(new ProducerRecord<>("orders", value)).get();
      }
    }
  }

  private static KafkaProducer<String, String> producer(Map<String, Object> properties) {
    return new KafkaProducer<>(properties, new StringSerializer(), new StringSerializer());
  }

  private static Map<String, Object> properties(FakeBroker broker, Map<String, Object> more) {
    Map<String, Object> properties = new HashMap<>(more);
    properties.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, broker.bootstrapServers());
    return properties;
  }

  private static List<String> values(TestTopic topic) {
    return topic.committed().stream()
        .map(record -> new String(record.value(), StandardCharsets.UTF_8))
        .toList();
  }
}

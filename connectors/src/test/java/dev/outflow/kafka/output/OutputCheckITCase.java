package dev.outflow.kafka.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outflow.embedded.CustomKafka;
import dev.outflow.embedded.EmbeddedKafka;
import dev.outflow.embedded.SecureKafka;
import dev.outflow.embedded.TestAuthority;
import dev.outflow.embedded.TestTopic;
import dev.outflow.kafka.TopicCheck;
import dev.outflow.kafka.transaction.CheckpointTimes;
import dev.outflow.kafka.transaction.ClusterInfo;
import dev.outflow.kafka.transaction.TransactionTimeout;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.ResourceType;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Reports what a broker does not authorize or support, before the job starts. */
class OutputCheckITCase {
  private static final CheckpointTimes EVERY_10_S =
      new CheckpointTimes(Duration.ofSeconds(10), Duration.ofSeconds(60));

  private static SecureKafka kafka;

  private TestTopic topic;

  @BeforeAll
  static void start() {
    TestAuthority authority = TestAuthority.create("Brokers and clients");
    kafka = SecureKafka.start(authority.server("localhost"), authority);
  }

  @AfterAll
  static void stop() {
    kafka.close();
  }

  @BeforeEach
  void createTopic() throws Exception {
    topic = TestTopic.create(kafka.broker(), 1);
  }

  @AfterEach
  void allowEveryoneEverything() throws Exception {
    kafka.allowEverything();
  }

  @Test
  void usesTheBrokersTransactionTimeout() {
    TransactionTimeout timeout = check(Map.of()).orElseThrow();

    assertThat(timeout.brokerMaximum()).contains(Duration.ofMinutes(15));
    assertThat(timeout.maxSafeDowntime()).isEqualTo(Duration.ofSeconds(830));
    assertThat(check(Map.of("delivery-guarantee", "at-least-once"))).isEmpty();
  }

  @Test
  void rejectsATopicWithoutWritePermission() throws Exception {
    kafka.allow(ResourceType.TOPIC, topic.name(), AclOperation.DESCRIBE);

    assertRejected(
        Map.of(),
        "topic: not authorized to write to topic '%s' on %s; allow WRITE on it"
            .formatted(topic.name(), kafka.saslPlaintext()));
  }

  @Test
  void rejectsTransactionalIdsWithoutPermission() throws Exception {
    kafka.allow(ResourceType.TRANSACTIONAL_ID, "job-", AclOperation.WRITE, "bob");

    assertRejected(
        Map.of(),
        "transactional-id-prefix: not authorized to use transactional ids starting with 'job-output' on %s; allow WRITE and DESCRIBE on them (resource type TransactionalId, pattern type PREFIXED)"
            .formatted(kafka.saslPlaintext()));
    assertThat(check(Map.of("transactional-id-prefix", "own-output"))).isPresent();
    assertThat(check(Map.of("delivery-guarantee", "at-least-once"))).isEmpty();
  }

  @Test
  void rejectsPoolingWithoutReadPermission() throws Exception {
    kafka.allow(ResourceType.TOPIC, topic.name(), AclOperation.WRITE);

    assertRejected(
        Map.of("transaction-naming", "pooling"),
        "transaction-naming: pooling requires READ on topic '%s' on %s; otherwise use incrementing"
            .formatted(topic.name(), kafka.saslPlaintext()));
    assertThat(check(Map.of())).isPresent();
  }

  @Test
  void assumesTheDefaultMaximumIfTheBrokersIsNotReadable() throws Exception {
    kafka.allow(ResourceType.CLUSTER, "kafka-cluster", AclOperation.DESCRIBE_CONFIGS, "bob");

    TransactionTimeout timeout =
        Awaitility.await()
            .until(() -> check(Map.of()).orElseThrow(), answer -> answer.brokerMaximum().isEmpty());

    assertThat(timeout.value()).isEqualTo(Duration.ofMinutes(15));
  }

  @Test
  void rejectsExactlyOnceWithoutATransactionCoordinator() throws Exception {
    try (EmbeddedKafka alone =
        CustomKafka.start(Map.of("transaction.state.log.replication.factor", "3"))) {
      Map<String, String> options =
          Map.of(
              "bootstrap-servers",
              alone.bootstrapServers(),
              "topic",
              TestTopic.create(alone, 1).name(),
              "format",
              "json");

      assertThatThrownBy(() -> check(KafkaOutput.of(options, "job-output")))
          .hasMessage(
              "delivery-guarantee: exactly-once requires transactions, but %s has no transaction coordinator; check that its '__transaction_state' topic can have 'transaction.state.log.replication.factor' replicas, or use at-least-once"
                  .formatted(alone.bootstrapServers()));
    }
  }

  @Test
  void rejectsCheckpointsLongerThanTheBrokersMaximum() throws Exception {
    try (EmbeddedKafka hasty = CustomKafka.start(Map.of("transaction.max.timeout.ms", "20000"))) {
      Map<String, String> options =
          Map.of(
              "bootstrap-servers",
              hasty.bootstrapServers(),
              "topic",
              TestTopic.create(hasty, 1).name(),
              "format",
              "json");

      assertThatThrownBy(() -> check(KafkaOutput.of(options, "job-output")))
          .hasMessageContaining(
              "open for up to 70 s (checkpoint interval 10 s + timeout 60 s), but Kafka aborts them after 20 s");
    }
  }

  private Optional<TransactionTimeout> check(Map<String, String> more) {
    Map<String, String> options =
        new HashMap<>(
            Map.of(
                "bootstrap-servers",
                kafka.saslPlaintext(),
                "topic",
                topic.name(),
                "format",
                "json",
                "security-protocol",
                "sasl_plaintext",
                "username",
                SecureKafka.USER,
                "password",
                SecureKafka.PASSWORD));
    options.putAll(more);
    return check(KafkaOutput.of(options, "job-output"));
  }

  private static Optional<TransactionTimeout> check(KafkaOutput output) {
    OutputCheck check = new OutputCheck(output, EVERY_10_S);
    return TopicCheck.ask(
        output.connection(),
        output.topic().names().get(0),
        Duration.ofSeconds(5),
        (admin, topic) -> {
          check.checkMayWrite(topic);
          if (!check.isExactlyOnce()) {
            return Optional.empty();
          }
          check.checkTransactions(admin);
          return Optional.of(check.timeout(ClusterInfo.describe(admin)));
        });
  }

  /** Waits: a permission takes effect shortly after the controller has accepted it. */
  private void assertRejected(Map<String, String> options, String message) {
    Awaitility.await()
        .untilAsserted(() -> assertThatThrownBy(() -> check(options)).hasMessage(message));
  }
}

package dev.outflow.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outflow.embedded.CustomKafka;
import dev.outflow.embedded.EmbeddedKafka;
import dev.outflow.embedded.SecureKafka;
import dev.outflow.embedded.TestAuthority;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.ResourceType;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a topic is set to, and what a user may do with it, each at its step. */
class PreflightCheckITCase {
  private static SecureKafka kafka;

  @BeforeAll
  static void start() {
    TestAuthority authority = TestAuthority.create("Brokers and clients");
    kafka = SecureKafka.start(authority.server("localhost"), authority);
  }

  @AfterAll
  static void stop() {
    kafka.close();
  }

  @AfterEach
  void allowEveryoneEverything() throws Exception {
    kafka.allowEverything();
  }

  @Test
  void referencesInKafkasOwnWordsAreReadOrToldByTheStepThatReadsThem(@TempDir Path folder)
      throws Exception {
    Files.writeString(folder.resolve("codec"), "lz4");
    Map<String, String> options = new HashMap<>(options(topic(Map.of())));
    options.put("kafka.compression.type", "${dir:%s:codec}".formatted(folder));
    Checked.output(options).assertWell();

    Map<String, String> plain = new HashMap<>(options);
    plain.keySet().removeAll(Set.of("security-protocol", "username", "password"));
    plain.put("kafka.security.protocol", "${dir:%s:none}".formatted(folder));
    Checked checked = Checked.output(plain);
    checked.assertFailed("secrets", "kafka.security.protocol", "");
    assertThat(checked.step("kafka").outcome()).isEqualTo(Outcome.NOT_TRIED);
    assertThat(checked.step("topic").outcome()).isEqualTo(Outcome.NOT_TRIED);
  }

  @Test
  void aTopicThatMayNotBeWrittenOrRead() throws Exception {
    String topic = topic(Map.of());
    kafka.allow(ResourceType.TOPIC, topic, AclOperation.DESCRIBE);

    inForce(
        () -> {
          Checked.output(options(topic)).assertFailed("write", "topic", "may not be written on");
          Checked.input(options(topic)).assertFailed("read", "topic", "may not be read on");
        });
  }

  @Test
  void transactionalIdsThatMayNotBeUsed() throws Exception {
    String topic = topic(Map.of());
    kafka.allow(ResourceType.TRANSACTIONAL_ID, "of-others", AclOperation.WRITE, "bob");

    inForce(
        () -> {
          Checked checked =
              Checked.output(options(topic), "transactional-id-prefix", "of-others-too");
          checked.assertFailed(
              "transactions",
              "transactional-id-prefix",
              "transactional ids that begin with 'of-others-too' may not be used");
          assertThat(checked.step("safe stop").answer())
              .isEqualTo("not tried: transactions failed");
        });
    assertThat(
            Checked.output(options(topic), "delivery-guarantee", "at-least-once").all().stream()
                .map(Step::name))
        .contains("write")
        .doesNotContain("transactions", "safe stop");
  }

  @Test
  void aGroupThatMayNotBeUsedIsAWarningUnlessTheJobBeginsWhereItLeftOff() throws Exception {
    String topic = topic(Map.of());
    kafka.allow(ResourceType.GROUP, "of-others", AclOperation.READ, "bob");

    inForce(
        () ->
            Checked.input(options(topic), "consumer-group-id", "of-others")
                .assertWarning("group", "allow READ on the group"));
    Checked.input(options(topic), "consumer-group-id", "of-others", "start", "last-stopped")
        .assertFailed("group", "consumer-group-id", "not authorized to describe group");
    Checked.input(options(topic), "start", "last-stopped")
        .assertFailed("group", "start", "has never read topic");
  }

  @Test
  void settingsThatMayNotBeReadAreAWarningAndWhatFollowsFromThemIsNotTried() throws Exception {
    String topic = topic(Map.of());
    kafka.allow(ResourceType.TOPIC, topic, AclOperation.WRITE);

    inForce(
        () -> {
          Checked checked = Checked.output(options(topic));
          checked.assertWarning("settings", "allow DESCRIBE_CONFIGS on it");
          assertThat(checked.names(Outcome.NOT_TRIED))
              .containsExactly("replicas", "record size", "timestamps", "keys");
          assertThat(checked.step("keys").answer())
              .isEqualTo("not tried: nothing is known of settings");
        });
  }

  @Test
  void aTopicForDeadLettersThatTakesNone() throws Exception {
    String topic = topic(Map.of());
    String[] missing = {"on-error", "dead-letter", "dead-letter-topic", "not-there"};
    Checked.output(options(topic), missing)
        .assertFailed("dead letters", "dead-letter-topic", "topic 'not-there' does not exist on");
    Checked.input(options(topic), missing)
        .assertFailed("dead letters", "dead-letter-topic", "topic 'not-there' does not exist on");
    Checked.output(
            options(topic),
            "on-error",
            "dead-letter",
            "dead-letter-topic",
            topic(Map.of("cleanup.policy", "compact")))
        .assertFailed("dead letters", "dead-letter-topic", "its cleanup.policy is compact");

    String letters = topic(Map.of());
    kafka.allow(ResourceType.TOPIC, letters, AclOperation.DESCRIBE);
    inForce(
        () ->
            Checked.output(options(topic), "on-error", "dead-letter", "dead-letter-topic", letters)
                .assertFailed("dead letters", "dead-letter-topic", "may not be written on"));
  }

  @Test
  void settingsOfATopicThatARecordMayNotFit() throws Exception {
    String topic =
        topic(
            Map.of(
                "max.message.bytes",
                "100000",
                "message.timestamp.type",
                "LogAppendTime",
                "compression.type",
                "gzip",
                "cleanup.policy",
                "compact"));
    Checked keyed =
        Checked.output(options(topic), "partition-key", "id", "compression-type", "zstd");

    keyed.assertWarning(
        "record size",
        "max.message.bytes 100000 is less than the producer's max.request.size 1048576");
    keyed.assertWarning("timestamps", "LogAppendTime: Kafka puts the time of arrival in place");
    keyed.assertWarning("codec", "zstd, but the topic's compression.type is gzip");
    assertThat(keyed.step("codec").property()).isEqualTo("compression-type");
    Checked.output(options(topic))
        .assertFailed("keys", "partition-key", "takes only records with a key");
    assertThat(Checked.input(options(topic)).step("codec").answer()).isEqualTo("gzip can be read");
  }

  @Test
  void aTopicWithTooFewReplicasTakesNothing() throws Exception {
    Checked.output(options(topic(Map.of("min.insync.replicas", "2"))))
        .assertFailed(
            "replicas", "topic", "1 of its replicas are in sync, and min.insync.replicas is 2");
  }

  @Test
  void aTopicThatThereIsNot() throws Exception {
    Checked checked = Checked.output(options("absent"));

    checked.assertFailed("topic", "topic", "topic 'absent' does not exist on");
    assertThat(checked.step("keys").answer()).isEqualTo("not tried: topic failed");
  }

  @Test
  void aBrokerWithoutTransactions() throws Exception {
    try (EmbeddedKafka alone =
        CustomKafka.start(Map.of("transaction.state.log.replication.factor", "3"))) {
      createTopic(alone, "t", Map.of());
      Checked.output(
              Map.of("bootstrap-servers", alone.bootstrapServers(), "topic", "t", "format", "json"))
          .assertFailed("transactions", "delivery-guarantee", "has no coordinator for them");
    }
  }

  @Test
  void aClusterThatSendsItsClientsSomewhereElse() throws Exception {
    try (EmbeddedKafka misled =
        CustomKafka.start(
            Map.of("advertised.listeners", "PLAINTEXT://no-such-host.invalid:9092"))) {
      Checked checked =
          Checked.output(
              Map.of(
                  "bootstrap-servers", misled.bootstrapServers(), "topic", "t", "format", "json"));

      checked.assertFailed("broker", "bootstrap-servers", "its 'advertised.listeners'");
    }
  }

  @Test
  void nothingChangesInTheCluster() throws Exception {
    String topic = topic(Map.of());
    Map<String, Object> before = state();

    Checked.output(options(topic), "compression-type", "zstd").assertWell();
    Checked.input(options(topic)).assertWell();
    Checked.output(options("absent"));
    Checked.input(options("absent"));

    assertThat(state()).isEqualTo(before);
  }

  /** Topics and their settings and ends, transactions and groups. */
  private static Map<String, Object> state() throws Exception {
    Map<String, Object> state = new TreeMap<>();
    try (Admin admin = kafka.broker().admin()) {
      Map<String, ?> topics =
          admin.describeTopics(admin.listTopics().names().get()).allTopicNames().get();
      state.put("topics", topics);
      state.put(
          "ends",
          admin
              .listOffsets(
                  topics.keySet().stream()
                      .collect(
                          Collectors.toMap(
                              name -> new TopicPartition(name, 0), name -> OffsetSpec.latest())))
              .all()
              .get()
              .entrySet()
              .stream()
              .collect(Collectors.toMap(Map.Entry::getKey, it -> it.getValue().offset())));
      state.put("transactions", List.copyOf(admin.listTransactions().all().get()));
      state.put("groups", List.copyOf(admin.listGroups().all().get()));
      state.put("acls", List.copyOf(admin.describeAcls(AclBindingFilter.ANY).values().get()));
    }
    return state;
  }

  private static Map<String, String> options(String topic) {
    return new HashMap<>(
        Map.of(
            "bootstrap-servers",
            kafka.saslPlaintext(),
            "topic",
            topic,
            "format",
            "json",
            "security-protocol",
            "sasl_plaintext",
            "username",
            SecureKafka.USER,
            "password",
            SecureKafka.PASSWORD));
  }

  private static String topic(Map<String, String> settings) throws Exception {
    String name = "check-" + UUID.randomUUID();
    createTopic(kafka.broker(), name, settings);
    return name;
  }

  private static void createTopic(EmbeddedKafka broker, String name, Map<String, String> settings)
      throws Exception {
    try (Admin admin = broker.admin()) {
      admin
          .createTopics(
              List.of(new NewTopic(name, Optional.of(1), Optional.empty()).configs(settings)))
          .all()
          .get();
    }
  }

  private interface Assertions {
    void run() throws Exception;
  }

  /** A permission is in force a little after the controller has accepted it. */
  private static void inForce(Assertions assertions) {
    Awaitility.await().atMost(Duration.ofSeconds(60)).untilAsserted(assertions::run);
  }
}

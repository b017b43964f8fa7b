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

/** Reports topics' configuration and the client's permissions, each at its step. */
class KafkaChecksITCase {
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
  void resolvesReferencesInKafkaProperties(@TempDir Path folder) throws Exception {
    Files.writeString(folder.resolve("codec"), "lz4");
    Map<String, String> options = new HashMap<>(options(topic(Map.of())));
    options.put("kafka.compression.type", "${dir:%s:codec}".formatted(folder));
    RecordedCheck.output(options).assertPassed();

    Map<String, String> plain = new HashMap<>(options);
    plain.keySet().removeAll(Set.of("security-protocol", "username", "password"));
    plain.put("kafka.security.protocol", "${dir:%s:none}".formatted(folder));
    RecordedCheck check = RecordedCheck.output(plain);
    check.assertFailed(CheckStep.SECRETS, "kafka.security.protocol", "");
    assertThat(check.step(CheckStep.KAFKA).outcome()).isEqualTo(Outcome.NOT_TRIED);
    assertThat(check.step(CheckStep.TOPIC).outcome()).isEqualTo(Outcome.NOT_TRIED);
  }

  @Test
  void rejectsTopicsWithoutPermission() throws Exception {
    String topic = topic(Map.of());
    kafka.allow(ResourceType.TOPIC, topic, AclOperation.DESCRIBE);

    eventually(
        () -> {
          RecordedCheck.output(options(topic))
              .assertFailed(CheckStep.WRITE, "topic", "not authorized to write to topic");
          RecordedCheck.input(options(topic))
              .assertFailed(CheckStep.READ, "topic", "not authorized to read topic");
        });
  }

  @Test
  void checksEachTopicThatAnOutputCanWriteTo() throws Exception {
    String topic = topic(Map.of());
    String compacted = topic(Map.of("cleanup.policy", "compact"));
    Map<String, String> options = new HashMap<>(options(topic));
    options.remove("topic");
    options.put("topic.from", "target");
    options.put("topic.allowed", topic + ";not-there;" + compacted);
    RecordedCheck check = RecordedCheck.output(options);

    assertThat(check.all().stream().filter(report -> report.step() == CheckStep.TOPIC))
        .extracting(StepReport::outcome)
        .containsExactly(Outcome.OK, Outcome.FAILED, Outcome.OK);
    assertThat(check.all().stream().filter(report -> report.outcome() == Outcome.FAILED))
        .extracting(StepReport::answer)
        .satisfiesExactly(
            missing -> assertThat(missing).startsWith("topic 'not-there' does not exist"),
            unkeyed -> assertThat(unkeyed).contains("'%s' is compacted".formatted(compacted)));
    assertThat(check.step(CheckStep.TRANSACTIONS).outcome()).isEqualTo(Outcome.OK);
  }

  @Test
  void checksEachTopicThatAnInputReads() throws Exception {
    String topic = topic(Map.of());
    Map<String, String> options = new HashMap<>(options(topic));
    options.remove("topic");
    options.put("topics", "not-there;" + topic);
    RecordedCheck check = RecordedCheck.input(options);

    check.assertFailed(CheckStep.TOPIC, "topics", "topic 'not-there' does not exist");
    assertThat(check.all().stream().filter(report -> report.step() == CheckStep.RETENTION))
        .extracting(StepReport::outcome)
        .containsExactly(Outcome.NOT_TRIED, Outcome.OK);
  }

  @Test
  void warnsOfTopicsThatDoNotKeepTheRowsOfAnUpsertInput() throws Exception {
    StepReport kept =
        RecordedCheck.input(options(topic(Map.of("cleanup.policy", "compact"))), "mode", "upsert")
            .step(CheckStep.RETENTION);
    assertThat(kept.outcome()).isEqualTo(Outcome.OK);
    assertThat(kept.answer())
        .isEqualTo(
            "cleanup.policy compact: the topic keeps the last record of each key; downtime of up to 86400 s misses no tombstone (delete.retention.ms 86400000)");

    for (String policy : List.of("delete", "compact,delete")) {
      StepReport deleted =
          RecordedCheck.input(
                  options(topic(Map.of("cleanup.policy", policy, "retention.ms", "604800000"))),
                  "mode",
                  "upsert")
              .step(CheckStep.RETENTION);
      assertThat(deleted.outcome()).isEqualTo(Outcome.WARNING);
      assertThat(deleted.answer())
          .startsWith("upsert, but cleanup.policy %s and retention delete".formatted(policy));
    }
  }

  @Test
  void checksEachTopicThatMatchesAPatternAndReportsOverlaps() throws Exception {
    String topic = topic(Map.of());
    Map<String, String> options = new HashMap<>(options(topic));
    options.remove("topic");
    options.put("topic-pattern", topic + "|none-.*");
    RecordedCheck check = RecordedCheck.input(options);
    assertThat(check.step(CheckStep.TOPICS).answer())
        .isEqualTo("1 topic matches '%1$s|none-.*': %1$s".formatted(topic));
    assertThat(check.step(CheckStep.RETENTION).outcome()).isEqualTo(Outcome.OK);

    RecordedCheck both =
        RecordedCheck.of(
            List.of(
                RecordedCheck.input("inputs.in", options),
                RecordedCheck.input("inputs.other", options(topic))));
    assertThat(both.step(CheckStep.TOPICS).outcome()).isEqualTo(Outcome.WARNING);
    assertThat(both.step(CheckStep.TOPICS).answer())
        .contains("inputs.other also reads %s: each input reads all records".formatted(topic));
  }

  @Test
  void reportsAPatternThatNoTopicMatches() throws Exception {
    String topic = topic(Map.of());
    Map<String, String> options = new HashMap<>(options(topic));
    options.remove("topic");
    RecordedCheck check = RecordedCheck.input(options, "topic-pattern", "not-there-*");

    check.assertFailed(
        CheckStep.TOPICS,
        "topic-pattern",
        "matches 'not-there-*', which must match the whole name (any text is '.*', not '*'); create one");
    assertThat(check.step(CheckStep.TOPIC).answer()).isEqualTo("not tried: topics failed");

    check = RecordedCheck.input(options, "topic-pattern", topic, "start", "last-stopped");
    check.assertFailed(
        CheckStep.GROUP,
        "start",
        "no committed offsets for topics that match '%s'".formatted(topic));
  }

  @Test
  void rejectsTransactionalIdsWithoutPermission() throws Exception {
    String topic = topic(Map.of());
    kafka.allow(ResourceType.TRANSACTIONAL_ID, "of-others", AclOperation.WRITE, "bob");

    eventually(
        () -> {
          RecordedCheck check =
              RecordedCheck.output(options(topic), "transactional-id-prefix", "of-others-too");
          check.assertFailed(
              CheckStep.TRANSACTIONS,
              "transactional-id-prefix",
              "not authorized to use transactional ids starting with 'of-others-too'");
          assertThat(check.step(CheckStep.DOWNTIME).answer())
              .isEqualTo("not tried: transactions failed");
        });
    assertThat(
            RecordedCheck.output(options(topic), "delivery-guarantee", "at-least-once")
                .all()
                .stream()
                .map(StepReport::step))
        .contains(CheckStep.WRITE)
        .doesNotContain(CheckStep.TRANSACTIONS, CheckStep.DOWNTIME);
  }

  @Test
  void warnsOfAGroupWithoutPermissionUnlessTheJobStartsAtItsOffsets() throws Exception {
    String topic = topic(Map.of());
    kafka.allow(ResourceType.GROUP, "of-others", AclOperation.READ, "bob");

    eventually(
        () ->
            RecordedCheck.input(options(topic), "consumer-group-id", "of-others")
                .assertWarning(CheckStep.GROUP, "allow READ on the group"));
    RecordedCheck.input(options(topic), "consumer-group-id", "of-others", "start", "last-stopped")
        .assertFailed(CheckStep.GROUP, "consumer-group-id", "not authorized to describe group");
    RecordedCheck.input(options(topic), "start", "last-stopped")
        .assertFailed(CheckStep.GROUP, "start", "has no committed offsets for topic");
  }

  @Test
  void warnsOfUnreadableTopicConfigurationAndSkipsWhatNeedsIt() throws Exception {
    String topic = topic(Map.of());
    kafka.allow(ResourceType.TOPIC, topic, AclOperation.WRITE);

    eventually(
        () -> {
          RecordedCheck check = RecordedCheck.output(options(topic));
          check.assertWarning(CheckStep.SETTINGS, "allow DESCRIBE_CONFIGS on it");
          assertThat(check.steps(Outcome.NOT_TRIED))
              .containsExactly(
                  CheckStep.REPLICAS, CheckStep.RECORD_SIZE, CheckStep.TIMESTAMPS, CheckStep.KEYS);
          assertThat(check.step(CheckStep.KEYS).answer()).isEqualTo("not tried: settings unknown");
        });
  }

  @Test
  void rejectsUnusableDeadLetterTopics() throws Exception {
    String topic = topic(Map.of());
    String[] missing = {"on-error", "dead-letter", "dead-letter-topic", "not-there"};
    RecordedCheck.output(options(topic), missing)
        .assertFailed(
            CheckStep.DEAD_LETTERS, "dead-letter-topic", "topic 'not-there' does not exist on");
    RecordedCheck.input(options(topic), missing)
        .assertFailed(
            CheckStep.DEAD_LETTERS, "dead-letter-topic", "topic 'not-there' does not exist on");
    RecordedCheck.output(
            options(topic),
            "on-error",
            "dead-letter",
            "dead-letter-topic",
            topic(Map.of("cleanup.policy", "compact")))
        .assertFailed(CheckStep.DEAD_LETTERS, "dead-letter-topic", "is compacted (cleanup.policy)");

    String letters = topic(Map.of());
    kafka.allow(ResourceType.TOPIC, letters, AclOperation.DESCRIBE);
    eventually(
        () ->
            RecordedCheck.output(
                    options(topic), "on-error", "dead-letter", "dead-letter-topic", letters)
                .assertFailed(
                    CheckStep.DEAD_LETTERS,
                    "dead-letter-topic",
                    "not authorized to write to topic"));
  }

  @Test
  void reportsTopicConfigurationThatConflictsWithTheOutput() throws Exception {
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
    RecordedCheck keyed =
        RecordedCheck.output(options(topic), "partition-key", "id", "compression-type", "zstd");

    keyed.assertWarning(
        CheckStep.RECORD_SIZE,
        "max.message.bytes 100000 is less than the producer's max.request.size 1048576");
    keyed.assertWarning(
        CheckStep.TIMESTAMPS, "LogAppendTime: Kafka replaces each record's event time");
    keyed.assertWarning(CheckStep.COMPRESSION, "zstd, but the topic's compression.type is gzip");
    assertThat(keyed.step(CheckStep.COMPRESSION).property())
        .isEqualTo(keyed.property("compression-type"));
    RecordedCheck.output(options(topic))
        .assertFailed(CheckStep.KEYS, "partition-key", "rejects records without a key");
    String[] upserts = {"mode", "upsert", "partition-key", "id"};
    assertThat(RecordedCheck.output(options(topic), upserts).step(CheckStep.KEYS).answer())
        .isEqualTo("partition-key id; the topic keeps the last record of each key (compact)");
    for (String policy : List.of("delete", "compact,delete")) {
      RecordedCheck.output(options(topic(Map.of("cleanup.policy", policy))), upserts)
          .assertWarning(CheckStep.KEYS, "has cleanup.policy %s: Kafka deletes".formatted(policy));
    }
    assertThat(RecordedCheck.input(options(topic)).step(CheckStep.CODEC).answer())
        .isEqualTo("can decompress gzip");
  }

  @Test
  void reportsTooFewInSyncReplicas() throws Exception {
    RecordedCheck.output(options(topic(Map.of("min.insync.replicas", "2"))))
        .assertFailed(
            CheckStep.REPLICAS,
            "topic",
            "1 of its replicas are in sync, but min.insync.replicas is 2");
  }

  @Test
  void reportsAMissingTopic() throws Exception {
    RecordedCheck check = RecordedCheck.output(options("absent"));

    check.assertFailed(CheckStep.TOPIC, "topic", "topic 'absent' does not exist on");
    assertThat(check.step(CheckStep.KEYS).answer()).isEqualTo("not tried: topic failed");
  }

  @Test
  void reportsABrokerWithoutATransactionCoordinator() throws Exception {
    try (EmbeddedKafka alone =
        CustomKafka.start(Map.of("transaction.state.log.replication.factor", "3"))) {
      createTopic(alone, "t", Map.of());
      RecordedCheck.output(
              Map.of("bootstrap-servers", alone.bootstrapServers(), "topic", "t", "format", "json"))
          .assertFailed(
              CheckStep.TRANSACTIONS, "delivery-guarantee", "has no transaction coordinator");
    }
  }

  @Test
  void reportsUnreachableAdvertisedListeners() throws Exception {
    try (EmbeddedKafka misled =
        CustomKafka.start(
            Map.of("advertised.listeners", "PLAINTEXT://no-such-host.invalid:9092"))) {
      RecordedCheck check =
          RecordedCheck.output(
              Map.of(
                  "bootstrap-servers", misled.bootstrapServers(), "topic", "t", "format", "json"));

      check.assertFailed(CheckStep.BROKER, "bootstrap-servers", "its 'advertised.listeners'");
    }
  }

  @Test
  void modifiesNothingInTheCluster() throws Exception {
    String topic = topic(Map.of());
    Map<String, Object> before = state();

    RecordedCheck.output(options(topic), "compression-type", "zstd").assertPassed();
    RecordedCheck.input(options(topic)).assertPassed();
    RecordedCheck.output(options("absent"));
    RecordedCheck.input(options("absent"));

    assertThat(state()).isEqualTo(before);
  }

  /** Returns topics with their configuration and end offsets, transactions, groups and ACLs. */
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
              .collect(Collectors.toMap(Map.Entry::getKey, end -> end.getValue().offset())));
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

  /** Waits: a permission takes effect shortly after the controller has accepted it. */
  private static void eventually(Assertions assertions) {
    Awaitility.await().atMost(Duration.ofSeconds(60)).untilAsserted(assertions::run);
  }
}

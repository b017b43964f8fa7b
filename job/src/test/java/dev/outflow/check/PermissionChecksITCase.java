package dev.outflow.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outflow.embedded.SecureKafka;
import dev.outflow.embedded.TestAuthority;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
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

/** Reports missing permissions at the step that requires them; modifies nothing. */
class PermissionChecksITCase {
  private static SecureKafka kafka;
  private static CheckedBroker broker;

  @BeforeAll
  static void start() {
    TestAuthority authority = TestAuthority.create("Brokers and clients");
    kafka = SecureKafka.start(authority.server("localhost"), authority);
    broker = CheckedBroker.of(kafka);
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
  void rejectsTopicsWithoutPermission() throws Exception {
    String topic = broker.topic(Map.of());
    kafka.allow(ResourceType.TOPIC, topic, AclOperation.DESCRIBE);

    eventually(
        () -> {
          RecordedCheck.output(broker.options(topic))
              .assertFailed(CheckStep.WRITE, "topic", "not authorized to write to topic");
          RecordedCheck.input(broker.options(topic))
              .assertFailed(CheckStep.READ, "topic", "not authorized to read topic");
        });
  }

  @Test
  void rejectsTransactionalIdsWithoutPermission() throws Exception {
    String topic = broker.topic(Map.of());
    kafka.allow(ResourceType.TRANSACTIONAL_ID, "of-others", AclOperation.WRITE, "bob");

    eventually(
        () -> {
          RecordedCheck check =
              RecordedCheck.output(
                  broker.options(topic), "transactional-id-prefix", "of-others-too");
          check.assertFailed(
              CheckStep.TRANSACTIONS,
              "transactional-id-prefix",
              "not authorized to use transactional ids starting with 'of-others-too'");
          assertThat(check.step(CheckStep.DOWNTIME).answer())
              .isEqualTo("not tried: transactions failed");
        });
    assertThat(
            RecordedCheck.output(broker.options(topic), "delivery-guarantee", "at-least-once")
                .all()
                .stream()
                .map(StepReport::step))
        .contains(CheckStep.WRITE)
        .doesNotContain(CheckStep.TRANSACTIONS, CheckStep.DOWNTIME);
  }

  @Test
  void warnsOfAGroupWithoutPermissionUnlessTheJobStartsAtItsOffsets() throws Exception {
    String topic = broker.topic(Map.of());
    kafka.allow(ResourceType.GROUP, "of-others", AclOperation.READ, "bob");

    eventually(
        () ->
            RecordedCheck.input(broker.options(topic), "consumer-group-id", "of-others")
                .assertWarning(CheckStep.GROUP, "allow READ on the group"));
    RecordedCheck.input(
            broker.options(topic), "consumer-group-id", "of-others", "start", "last-stopped")
        .assertFailed(CheckStep.GROUP, "consumer-group-id", "not authorized to describe group");
    RecordedCheck.input(broker.options(topic), "start", "last-stopped")
        .assertFailed(CheckStep.GROUP, "start", "has no committed offsets for topic");
  }

  @Test
  void warnsOfUnreadableTopicConfigurationAndSkipsWhatNeedsIt() throws Exception {
    String topic = broker.topic(Map.of());
    kafka.allow(ResourceType.TOPIC, topic, AclOperation.WRITE);

    eventually(
        () -> {
          RecordedCheck check = RecordedCheck.output(broker.options(topic));
          check.assertWarning(CheckStep.SETTINGS, "allow DESCRIBE_CONFIGS on it");
          assertThat(check.steps(Outcome.NOT_TRIED))
              .containsExactly(
                  CheckStep.REPLICAS, CheckStep.RECORD_SIZE, CheckStep.TIMESTAMPS, CheckStep.KEYS);
          assertThat(check.step(CheckStep.KEYS).answer()).isEqualTo("not tried: settings unknown");
        });
  }

  @Test
  void rejectsUnusableDeadLetterTopics() throws Exception {
    String topic = broker.topic(Map.of());
    String[] missing = {"on-error", "dead-letter", "dead-letter-topic", "not-there"};
    RecordedCheck.output(broker.options(topic), missing)
        .assertFailed(
            CheckStep.DEAD_LETTERS, "dead-letter-topic", "topic 'not-there' does not exist on");
    RecordedCheck.input(broker.options(topic), missing)
        .assertFailed(
            CheckStep.DEAD_LETTERS, "dead-letter-topic", "topic 'not-there' does not exist on");
    RecordedCheck.output(
            broker.options(topic),
            "on-error",
            "dead-letter",
            "dead-letter-topic",
            broker.topic(Map.of("cleanup.policy", "compact")))
        .assertFailed(CheckStep.DEAD_LETTERS, "dead-letter-topic", "is compacted (cleanup.policy)");

    String letters = broker.topic(Map.of());
    kafka.allow(ResourceType.TOPIC, letters, AclOperation.DESCRIBE);
    eventually(
        () ->
            RecordedCheck.output(
                    broker.options(topic), "on-error", "dead-letter", "dead-letter-topic", letters)
                .assertFailed(
                    CheckStep.DEAD_LETTERS,
                    "dead-letter-topic",
                    "not authorized to write to topic"));
  }

  @Test
  void modifiesNothingInTheCluster() throws Exception {
    String topic = broker.topic(Map.of());
    Map<String, Object> before = state();

    RecordedCheck.output(broker.options(topic), "compression-type", "zstd").assertPassed();
    RecordedCheck.input(broker.options(topic)).assertPassed();
    RecordedCheck.output(broker.options("absent"));
    RecordedCheck.input(broker.options("absent"));

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

  private interface Assertions {
    void run() throws Exception;
  }

  /** Waits: a permission takes effect shortly after the controller has accepted it. */
  private static void eventually(Assertions assertions) {
    Awaitility.await().atMost(Duration.ofSeconds(60)).untilAsserted(assertions::run);
  }
}

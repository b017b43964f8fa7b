package dev.outflow.security;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import dev.outflow.embedded.FakeKeyVault;
import dev.outflow.embedded.FakeManagedIdentity;
import dev.outflow.embedded.KeyVaultExtension;
import dev.outflow.embedded.SecureKafka;
import dev.outflow.embedded.SecuredBroker;
import dev.outflow.embedded.TestAuthority;
import dev.outflow.embedded.TestTopic;
import dev.outflow.kafka.FlinkTables;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Rotates certificates and passwords while numbered records are written exactly once. The job has
 * no restart strategy, so that one failure fails it. Broker and vault are changed while the broker
 * is down, because a client that connects between the two changes is rejected for good.
 */
@ExtendWith(KeyVaultExtension.class)
class RotationITCase {
  @RegisterExtension
  static final MiniClusterExtension FLINK =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder().setNumberSlotsPerTaskManager(4).build());

  private static final int RECORDS = 6_000;
  private static final int PER_SECOND = 600;

  /** Each reads the whole topic. */
  private static final Duration READING = Duration.ofMillis(500);

  private static SecuredBroker broker;

  @BeforeAll
  static void start(FakeKeyVault vault, FakeManagedIdentity identity) {
    identity.work();
    broker = SecuredBroker.start(vault);
  }

  @AfterAll
  static void stop() {
    broker.close();
  }

  @Test
  void rotatesTheCaOfTheBrokers() throws Exception {
    Flow flow = Flow.start("sasl_ssl", "SCRAM-SHA-512");
    flow.awaitRecords(500);

    TestAuthority next = TestAuthority.create("The next authority");
    broker.kafka().stop();
    broker.vault().put("kafka-ca", next.pem());
    broker.kafka().restart(next.server("localhost"), broker.authority());

    flow.assertAllArrivedOnce();
  }

  @Test
  void rotatesTheClientCertificate() throws Exception {
    TestAuthority servers = TestAuthority.create("Servers");
    broker.vault().put("kafka-ca", servers.pem());
    broker.kafka().restart(servers.server("localhost"), broker.authority());
    Flow flow = Flow.start("mtls", "-");
    flow.awaitRecords(500);

    TestAuthority next = TestAuthority.create("The next authority of clients");
    broker.kafka().stop();
    SecuredBroker.putClient(broker.vault(), next.client("outflow"));
    broker.kafka().restart(servers.server("localhost"), next);

    flow.assertAllArrivedOnce();
  }

  @Test
  void rotatesThePassword() throws Exception {
    Flow flow = Flow.start("sasl_plaintext", "SCRAM-SHA-256");
    flow.awaitRecords(500);

    broker.kafka().stop();
    broker.vault().put("kafka-password", "the next password");
    broker
        .kafka()
        .restart(
            broker.authority().server("localhost"),
            broker.authority(),
            SecureKafka.USER,
            "the next password");

    flow.assertAllArrivedOnce();
  }

  /** Two jobs that copy numbers from topic to topic, exactly once. */
  private record Flow(JobClient first, JobClient second, TestTopic end) {
    static Flow start(String protocol, String mechanism) throws Exception {
      TestTopic middle = TestTopic.create(broker.kafka().broker(), 2);
      TestTopic end = TestTopic.create(broker.kafka().broker(), 2);
      String security =
          broker.options(protocol, mechanism).entrySet().stream()
              .map(option -> ", '%s' = '%s'".formatted(option.getKey(), option.getValue()))
              .collect(joining());
      JobClient first = job(generated(), table("numbers", "kafka-output", middle, security));
      JobClient second =
          job(
              table("source", "kafka-input", middle, security + ", 'start' = 'earliest'"),
              table("numbers", "kafka-output", end, security));
      return new Flow(first, second, end);
    }

    private static JobClient job(String from, String to) {
      StreamTableEnvironment tables = FlinkTables.create(1);
      tables.getConfig().set("restart-strategy.type", "none");
      tables.getConfig().set("pipeline.name", "rotation-" + System.nanoTime());
      tables.executeSql(from);
      tables.executeSql(to);
      return tables.from("source").executeInsert("numbers").getJobClient().orElseThrow();
    }

    private static String generated() {
      return ("CREATE TEMPORARY TABLE source (n BIGINT) WITH ('connector' = 'datagen',"
              + " 'rows-per-second' = '%d', 'fields.n.kind' = 'sequence',"
              + " 'fields.n.start' = '1', 'fields.n.end' = '%d')")
          .formatted(PER_SECOND, RECORDS);
    }

    private static String table(String name, String connector, TestTopic topic, String more) {
      return "CREATE TEMPORARY TABLE %s (n BIGINT) WITH ('connector' = '%s', 'topic' = '%s', 'format' = 'csv'%s)"
          .formatted(name, connector, topic.name(), more);
    }

    void awaitRecords(int count) {
      Awaitility.await()
          .atMost(Duration.ofMinutes(1))
          .pollInterval(READING)
          .until(() -> end.committed().size() >= count);
    }

    void assertAllArrivedOnce() throws Exception {
      Awaitility.await()
          .atMost(Duration.ofMinutes(2))
          .pollInterval(READING)
          .failFast(this::assertSecondRuns)
          .until(() -> end.committed().size() >= RECORDS);
      assertThat(numbers())
          .containsExactlyElementsOf(LongStream.rangeClosed(1, RECORDS).boxed().toList());
      assertThat(first.getJobExecutionResult().get()).isNotNull();
      assertSecondRuns();
      second.cancel().get();
    }

    /** The first job ends by itself; the second has no end, so that its result is its failure. */
    private void assertSecondRuns() throws Exception {
      if (second.getJobStatus().get().isGloballyTerminalState()) {
        second.getJobExecutionResult().get();
      }
      assertThat(second.getJobStatus().get()).isEqualTo(JobStatus.RUNNING);
    }

    private List<Long> numbers() {
      return end.committed().stream()
          .map(ConsumerRecord::value)
          .map(value -> Long.valueOf(new String(value, UTF_8)))
          .sorted()
          .toList();
    }
  }
}

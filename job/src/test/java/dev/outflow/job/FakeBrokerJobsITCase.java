package dev.outflow.job;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outflow.check.PreflightCheck;
import dev.outflow.compose.ComposedJob;
import dev.outflow.embedded.BrokerShape;
import dev.outflow.embedded.FakeBroker;
import dev.outflow.embedded.TestTopic;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Jobs read and write through brokers of other shapes than Apache Kafka 4, with their faults. */
@ExtendWith(MiniClusterExtension.class)
class FakeBrokerJobsITCase {
  private static final int ROWS = 2_000;

  private final Locale defaultLocale = Locale.getDefault();

  @TempDir private Path folder;
  private FakeBroker broker;
  private TestTopic output;

  static Stream<BrokerShape> shapesWithTransactions() {
    return Stream.of(
        BrokerShape.eventHubsPremium(),
        BrokerShape.kafka21(),
        BrokerShape.kafka28(),
        BrokerShape.kafka39());
  }

  @AfterEach
  void stopBroker() {
    Locale.setDefault(defaultLocale);
    broker.close();
  }

  private void start(BrokerShape shape) throws Exception {
    broker = FakeBroker.start(shape);
    broker.topic("orders", 2);
    output = broker.topic("copies", 2);
    send(IntStream.range(0, ROWS).mapToObj(String::valueOf).toList());
  }

  @ParameterizedTest
  @MethodSource("shapesWithTransactions")
  void writesExactlyOnceWhereThereAreTransactions(BrokerShape shape) throws Exception {
    start(shape);

    run("delivery-guarantee: exactly-once");

    assertThat(written()).hasSize(ROWS).doesNotHaveDuplicates();
    assertThat(broker.requests(ApiKeys.END_TXN)).isPositive();
  }

  @ParameterizedTest
  @ValueSource(strings = {"tr-TR", "ar-EG"})
  void writesAtLeastOnceWithoutTransactionsInEveryLocale(String locale) throws Exception {
    Locale.setDefault(Locale.forLanguageTag(locale));
    start(BrokerShape.eventHubs());

    run("delivery-guarantee: at-least-once");

    assertThat(written()).hasSize(ROWS).doesNotHaveDuplicates();
    assertThat(broker.requests(ApiKeys.OFFSET_COMMIT)).isPositive();
  }

  @Test
  void waitsAsLongAsItIsThrottled() throws Exception {
    start(BrokerShape.eventHubs());
    broker.throttle(Duration.ofMillis(300));

    run("delivery-guarantee: at-least-once");

    assertThat(written()).hasSize(ROWS);
  }

  /** Kafka's producer does not retry it, so the job restarts from its checkpoint. */
  @Test
  void restartsAfterPolicyViolation() throws Exception {
    start(BrokerShape.eventHubs());
    broker.failProduce(Errors.POLICY_VIOLATION, 1);

    run("delivery-guarantee: at-least-once");

    assertThat(written()).hasSizeGreaterThanOrEqualTo(ROWS);
    assertThat(Map.copyOf(count(written()))).hasSize(ROWS);
  }

  @Test
  void explainsPolicyViolationThatPersists() throws Exception {
    start(BrokerShape.eventHubs());
    broker.failProduce(Errors.POLICY_VIOLATION, Integer.MAX_VALUE);

    assertThatThrownBy(
            () ->
                execute("", "true", "delivery-guarantee: at-least-once", 0)
                    .getJobExecutionResult()
                    .get(60, TimeUnit.SECONDS))
        .hasStackTraceContaining(
            "output 'copies': a policy of %s rejected the request (", broker.bootstrapServers());
  }

  @Test
  void keepsRowsThatExceedTheRequestLimitFromTheBrokers() throws Exception {
    start(BrokerShape.eventHubs());
    send(List.of("a".repeat(1_020_000), "last"));
    broker.closeAbove(1_046_528);

    run("delivery-guarantee: at-least-once, kafka.max.request.size: '1000000', on-error: drop");

    assertThat(written()).hasSize(ROWS + 1).contains("last");
    assertThat(broker.closedAsTooLarge()).isZero();
  }

  @Test
  void reportsKeyThatWasRegeneratedWhenItsConnectionsAreCut() throws Exception {
    start(BrokerShape.eventHubs());
    broker.requirePassword("$ConnectionString", "old");
    String login =
        "security-protocol: sasl_plaintext, username: $ConnectionString, password: old, ";
    JobClient job = execute(login, "false", "delivery-guarantee: at-least-once", 0);
    awaitWritten(ROWS);

    broker.requirePassword("$ConnectionString", "regenerated").cutConnections();

    assertThatThrownBy(() -> job.getJobExecutionResult().get(60, TimeUnit.SECONDS))
        .hasRootCauseMessage("Authentication failed");
  }

  @Test
  void reportsCredentialsThatAreRejectedWhenATaskStarts() throws Exception {
    broker =
        FakeBroker.start(BrokerShape.eventHubsPremium())
            .requirePassword("$ConnectionString", "old");
    broker.topic("numbers", 1);
    ComposedJob job =
        Definitions.compose(
            Definitions.read(
                folder,
                """
                name: rejected
                inputs: { ticks: { connector: datagen, columns: { n: INT } } }
                queries: { numbers: SELECT n FROM ticks }
                outputs:
                  numbers: { bootstrap-servers: "%s", topic: numbers, format: csv,
                    security-protocol: sasl_plaintext, username: $ConnectionString, password: old,
                    delivery-guarantee: exactly-once }
                flink: { restart-strategy.type: none }
                """
                    .formatted(broker.bootstrapServers())));
    PreflightCheck.run(job);
    broker.requirePassword("$ConnectionString", "regenerated");

    assertThatThrownBy(() -> job.submit().getJobExecutionResult().get(60, TimeUnit.SECONDS))
        .hasStackTraceContaining(
            "output 'numbers': %s rejected the credentials: Authentication failed"
                .formatted(broker.bootstrapServers()));
  }

  private void awaitWritten(int rows) {
    Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> broker.records("copies") >= rows);
  }

  private void run(String options) throws Exception {
    execute("", "true", options, 3).getJobExecutionResult().get(60, TimeUnit.SECONDS);
  }

  private JobClient execute(String login, String bounded, String options, int restarts)
      throws Exception {
    ComposedJob job =
        Definitions.compose(
            Definitions.read(
                folder,
                """
                name: fake-broker
                inputs:
                  orders: { connector: kafka, bootstrap-servers: "%1$s", topic: orders, format: csv,
                    start: earliest, bounded: %3$s, %2$s columns: { text: STRING } }
                queries: { copies: SELECT text FROM orders }
                outputs:
                  copies: { bootstrap-servers: "%1$s", topic: copies, format: csv, %2$s %4$s }
                flink:
                  execution.checkpointing.interval: 200 ms
                  restart-strategy.type: fixed-delay
                  restart-strategy.fixed-delay.attempts: %5$d
                  restart-strategy.fixed-delay.delay: 100 ms
                """
                    .formatted(broker.bootstrapServers(), login, bounded, options, restarts)));
    PreflightCheck.run(job);
    return job.submit();
  }

  private static Map<String, Integer> count(List<String> values) {
    Map<String, Integer> counts = new HashMap<>();
    values.forEach(value -> counts.merge(value, 1, Integer::sum));
    return counts;
  }

  private List<String> written() {
    return output.settled().stream()
        .map(record -> new String(record.value(), UTF_8).strip())
        .toList();
  }

  private void send(List<String> values) throws Exception {
    Map<String, Object> properties =
        Map.of(
            ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
            broker.bootstrapServers(),
            ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
            2_000_000);
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(properties, new StringSerializer(), new StringSerializer())) {
      List<Future<RecordMetadata>> sent =
          values.stream()
              .map(value -> producer.send(new ProducerRecord<>("orders", value)))
              .toList();
      for (Future<RecordMetadata> record : sent) {
        record.get();
      }
    }
  }
}

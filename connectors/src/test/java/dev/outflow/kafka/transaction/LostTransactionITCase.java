package dev.outflow.kafka.transaction;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.outflow.embedded.EmbeddedKafka;
import dev.outflow.embedded.KafkaExtension;
import dev.outflow.embedded.TestTopic;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.testutils.InMemoryReporter;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.clients.admin.TransactionState;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A savepoint that does not stop its job contains a transaction that only the next checkpoint would
 * commit. A job restored from it has to commit that transaction, as after a crash.
 */
@ExtendWith(KafkaExtension.class)
class LostTransactionITCase {
  private static final InMemoryReporter REPORTER = InMemoryReporter.createWithRetainedMetrics();

  @RegisterExtension
  static final MiniClusterExtension FLINK =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder()
              .setNumberSlotsPerTaskManager(2)
              .setConfiguration(REPORTER.addToConfiguration(new Configuration()))
              .build());

  private final EmbeddedKafka kafka;
  @TempDir private Path savepoints;
  private TestTopic topic;
  private JobClient job;

  LostTransactionITCase(EmbeddedKafka kafka) {
    this.kafka = kafka;
  }

  @BeforeEach
  void createTopic() throws Exception {
    topic = TestTopic.create(kafka, 1);
  }

  @AfterEach
  void cancelJob() throws Exception {
    if (job != null && !job.getJobStatus().get().isTerminalState()) {
      cancel();
    }
  }

  @ParameterizedTest
  @EnumSource
  void commitsATransactionThatIsStillOpen(TransactionNaming naming) throws Exception {
    String savepoint = savepointAndCancel(naming);
    int before = topic.committed().size();

    start(naming, OnLostTransaction.FAIL, savepoint);

    awaitMore(before + 20);
    cancel();
    List<Long> numbers = numbers();
    assertThat(numbers).containsExactlyElementsOf(range(1, numbers.size()));
    assertThat(lost("lost-transactions")).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void ignoresATransactionThatWasAlreadyCommitted(TransactionNaming naming) throws Exception {
    String savepoint = savepointAndCancel(naming);
    start(naming, OnLostTransaction.FAIL, savepoint);
    awaitMore(topic.committed().size());
    Awaitility.await().until(() -> !open().isEmpty()); // All tasks are running and writing.
    job.stopWithSavepoint(false, savepoints.toString(), SavepointFormatType.CANONICAL).get();
    int before = topic.settled().size();

    start(naming, OnLostTransaction.FAIL, savepoint);

    awaitMore(before + 20);
    assertThat(job.getJobStatus().get()).isEqualTo(JobStatus.RUNNING);
    assertThat(lost("lost-transactions")).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void failsAndReportsTheMissingRecordsIfKafkaAbortedTheTransaction(TransactionNaming naming)
      throws Exception {
    String savepoint = savepointAndCancel(naming);
    String id = abortOpenTransaction();
    int before = topic.settled().size();

    start(naming, OnLostTransaction.FAIL, savepoint);

    assertThat(job.getJobExecutionResult())
        .failsWithin(60, TimeUnit.SECONDS)
        .withThrowableThat()
        .havingRootCause();
    assertThat(failure())
        .contains("output 'numbers': the transaction " + id + " is lost (")
        .containsPattern(
            "\\(\\d+ records written to '%s' between 20\\S+Z and 20\\S+Z, to be committed with checkpoint \\d+\\)"
                .formatted(topic.name()))
        .contains("Kafka aborted it before it could be committed")
        .contains("'on-lost-transaction' = 'continue'");
    assertThat(topic.settled()).hasSize(before);
  }

  @ParameterizedTest
  @EnumSource
  void countsTheLossAndContinuesIfConfiguredTo(TransactionNaming naming) throws Exception {
    String savepoint = savepointAndCancel(naming);
    abortOpenTransaction();
    int before = topic.settled().size();

    start(naming, OnLostTransaction.CONTINUE, savepoint);

    awaitMore(before + 20);
    cancel();
    List<Long> numbers = numbers();
    long next = numbers.get(before);
    assertThat(numbers.subList(0, before)).containsExactlyElementsOf(range(1, before));
    assertThat(numbers.subList(before, numbers.size()))
        .containsExactlyElementsOf(range(next, next + numbers.size() - before - 1));
    assertThat(lost("lost-transactions")).isOne();
    assertThat(lost("lost-records")).isEqualTo(next - before - 1).isPositive();
  }

  @Test
  void poolingReusesAFewIdsAcrossCheckpoints() throws Exception {
    start(TransactionNaming.POOLING, OnLostTransaction.FAIL, null);
    Awaitility.await().until(() -> ids().size() >= 2);

    awaitMore(300);

    assertThat(ids()).as("after about ten checkpoints").hasSizeLessThanOrEqualTo(4);
  }

  @Test
  void findsTheTransactionsOfAKilledJobUnlessItsStateIsRestored() throws Exception {
    savepointAndCancel(TransactionNaming.INCREMENTING);
    String id = open().get(0);
    String nextRun = TransactionalIds.uniquePrefix(topic.name() + "-numbers");

    try (Admin admin = kafka.admin()) {
      assertThat(DanglingTransactions.find(admin, nextRun, List.of(), 0).dangling())
          .singleElement()
          .satisfies(
              found -> {
                assertThat(found.transactionalId()).isEqualTo(id);
                assertThat(found.timeout()).isAfter(Instant.now().plusSeconds(600));
              });
      String itsPrefix = id.substring(0, id.indexOf("-0-"));
      assertThat(DanglingTransactions.find(admin, nextRun, List.of(itsPrefix), 0).dangling())
          .isEmpty();
      assertThat(DanglingTransactions.find(admin, itsPrefix, List.of(), 0).dangling()).isEmpty();
    }
  }

  @Test
  void rejectsIncrementingAfterPooling() throws Exception {
    String savepoint = savepointAndCancel(TransactionNaming.POOLING);

    start(TransactionNaming.INCREMENTING, OnLostTransaction.FAIL, savepoint);

    assertThat(job.getJobExecutionResult()).failsWithin(60, TimeUnit.SECONDS);
    assertThat(failure())
        .contains("output 'numbers': transaction-naming: the restored state uses 'pooling'");
  }

  /** Takes a savepoint with an uncommitted transaction, and cancels the job. */
  private String savepointAndCancel(TransactionNaming naming) throws Exception {
    start(naming, OnLostTransaction.FAIL, null, "10 min");
    awaitMore(0); // The first checkpoint is immediate, the second in ten minutes.
    Awaitility.await().until(() -> !open().isEmpty());
    String savepoint =
        job.triggerSavepoint(savepoints.toString(), SavepointFormatType.CANONICAL).get();
    cancel();
    return savepoint;
  }

  /** Aborts like the coordinator at the timeout: increments the id's epoch, then aborts. */
  private String abortOpenTransaction() throws Exception {
    List<String> ids = Awaitility.await().until(this::open, open -> open.size() == 1);
    try (Admin admin = kafka.admin()) {
      admin.fenceProducers(ids).all().get();
    }
    return ids.get(0);
  }

  private void start(TransactionNaming naming, OnLostTransaction onLost, String savepoint) {
    start(naming, onLost, savepoint, "200 ms");
  }

  private void start(
      TransactionNaming naming, OnLostTransaction onLost, String savepoint, String interval) {
    Configuration options = new Configuration();
    options.setString("execution.checkpointing.interval", interval);
    options.setString("execution.checkpointing.timeout", "10 s");
    options.setString("parallelism.default", "1");
    options.setString("pipeline.name", topic.name());
    if (savepoint != null) {
      options.setString("execution.state-recovery.path", savepoint);
    }
    StreamTableEnvironment tables =
        StreamTableEnvironment.create(StreamExecutionEnvironment.getExecutionEnvironment(options));
    tables.executeSql(
        "CREATE TEMPORARY TABLE generated (n BIGINT) WITH ('connector' = 'datagen',"
            + " 'rows-per-second' = '100', 'fields.n.kind' = 'sequence', 'fields.n.start' = '1',"
            + " 'fields.n.end' = '20000')");
    tables.executeSql(
        "CREATE TEMPORARY TABLE numbers (n BIGINT) WITH ('connector' = 'kafka-output',"
            + " 'bootstrap-servers' = '%s', 'topic' = '%s', 'format' = 'csv',"
                .formatted(kafka.bootstrapServers(), topic.name())
            + " 'transaction-naming' = '%s', 'on-lost-transaction' = '%s')"
                .formatted(naming, onLost));
    job = tables.from("generated").executeInsert("numbers").getJobClient().orElseThrow();
  }

  private void cancel() throws Exception {
    job.cancel().get();
    Awaitility.await().until(() -> job.getJobStatus().get().isTerminalState());
  }

  private void awaitMore(int than) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> assertThat(topic.committed()).hasSizeGreaterThan(than));
  }

  private List<Long> numbers() {
    return topic.committed().stream()
        .map(record -> Long.valueOf(new String(record.value(), UTF_8)))
        .toList();
  }

  private static List<Long> range(long first, long last) {
    return LongStream.rangeClosed(first, last).boxed().toList();
  }

  /** The ids of transactions that contain records and are open. */
  private List<String> open() throws Exception {
    try (Admin admin = kafka.admin()) {
      return admin.listTransactions().all().get().stream()
          .filter(transaction -> transaction.state() == TransactionState.ONGOING)
          .map(TransactionListing::transactionalId)
          .filter(id -> id.startsWith(topic.name()))
          .toList();
    }
  }

  private List<String> ids() throws Exception {
    try (Admin admin = kafka.admin()) {
      return admin.listTransactions().all().get().stream()
          .map(TransactionListing::transactionalId)
          .filter(id -> id.startsWith(topic.name()))
          .toList();
    }
  }

  private String failure() {
    try {
      job.getJobExecutionResult().get();
      return "";
    } catch (Exception e) {
      return org.apache.flink.util.ExceptionUtils.stringifyException(e);
    }
  }

  private long lost(String metric) {
    return REPORTER.getMetricsByGroup().entrySet().stream()
        .filter(group -> group.getKey().getAllVariables().containsValue("" + job.getJobID()))
        .filter(group -> group.getValue().containsKey(metric))
        .mapToLong(group -> ((Counter) group.getValue().get(metric)).getCount())
        .sum();
  }
}

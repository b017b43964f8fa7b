package dev.outflow.kafka.retention;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.outflow.embedded.EmbeddedKafka;
import dev.outflow.embedded.KafkaExtension;
import dev.outflow.embedded.TestTopic;
import dev.outflow.secret.Causes;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.runtime.testutils.InMemoryReporter;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.table.functions.ScalarFunction;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Deletes records that a job has not read yet, and judges it by its committed output. */
@ExtendWith(KafkaExtension.class)
class LostInputITCase {
  private static final InMemoryReporter REPORTER = InMemoryReporter.createWithRetainedMetrics();

  @RegisterExtension
  static final MiniClusterExtension FLINK =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder()
              .setNumberSlotsPerTaskManager(2)
              .setConfiguration(REPORTER.addToConfiguration(new Configuration()))
              .build());

  private static final Duration LONG = Duration.ofSeconds(30);
  private static final String REMEDY =
      ". Write these records again if you can, and restart the job from its last checkpoint with"
          + " 'on-lost-input' = 'continue', which resumes at the first record that is left";

  /** Lets records pass one by one. */
  public static final class Gate extends ScalarFunction {
    private static final Semaphore PERMITS = new Semaphore(0);

    /** Returns the number after it has got a permit. */
    public Long eval(Long number) throws InterruptedException {
      PERMITS.acquire();
      return number;
    }
  }

  private final EmbeddedKafka kafka;
  @TempDir private Path savepoints;
  private TestTopic input;
  private TestTopic output;
  private List<String> topics;
  private Optional<String> pattern = Optional.empty();
  private JobClient job;

  LostInputITCase(EmbeddedKafka kafka) {
    this.kafka = kafka;
  }

  @BeforeEach
  void createTopics() throws Exception {
    input = TestTopic.create(kafka, 2);
    output = TestTopic.create(kafka, 1);
    topics = List.of(input.name());
    Gate.PERMITS.drainPermits();
  }

  @AfterEach
  void cancelJob() throws Exception {
    Gate.PERMITS.release(1_000_000);
    if (job != null && !job.getJobStatus().get().isTerminalState()) {
      job.cancel().get();
      Awaitility.await().until(() -> job.getJobStatus().get().isTerminalState());
    }
  }

  @Test
  void failsIfRetentionDeletedRecordsWhileTheJobWasDown() throws Exception {
    String savepoint = readTenAndStop();
    write(0, 10, 20);
    delete(0, 15);

    start("earliest", OnLostInput.FAIL, savepoint);

    assertThat(failure())
        .isEqualTo(
            "input 'numbers': records are lost: %s-0: offsets 10 to 14 (up to 5 records, written between 1970-01-01T00:00:00.009Z and 1970-01-01T00:00:00.015Z) were deleted before they were read"
                    .formatted(input.name())
                + REMEDY);
    assertThat(numbers()).containsExactlyElementsOf(range(0, 10));
  }

  @Test
  void failsIfRecordsOfOneOfSeveralTopicsWereDeletedOrTheTopicIsGone() throws Exception {
    String other = TestTopic.create(kafka, 1).name();
    topics = List.of(other, input.name());
    String savepoint = readTenAndStop();
    write(0, 10, 20);
    delete(0, 15);
    start("earliest", OnLostInput.FAIL, savepoint);
    assertThat(failure())
        .startsWith(
            "input 'numbers': records are lost: %s-0: offsets 10 to 14".formatted(input.name()));

    try (Admin admin = kafka.admin()) {
      admin.deleteTopics(List.of(other)).all().get();
    }
    start("earliest", OnLostInput.FAIL, savepoint);
    assertThat(failure())
        .startsWith(
            "input 'numbers': records are lost: topic '%s' no longer exists".formatted(other));
  }

  @ParameterizedTest
  @ValueSource(strings = {"earliest", "last-stopped", "job-start", "1970-01-02T00:00:00Z"})
  void continuesAtTheFirstRecordThatIsLeftWhateverStartSays(String start) throws Exception {
    String savepoint = readTenAndStop();
    write(0, 10, 20);
    delete(0, 15);

    start(start, OnLostInput.CONTINUE, savepoint);

    awaitNumbers(List.of(0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 15L, 16L, 17L, 18L, 19L));
    assertThat(lost("lost-inputs")).isOne();
    assertThat(lost("lost-input-records")).isEqualTo(5);
  }

  @Test
  void failsIfTheTopicWasCreatedAgainWithMoreRecordsAndFewerPartitions() throws Exception {
    String savepoint = readTenAndStop();
    recreate(1);
    write(0, 100, 130);

    start("earliest", OnLostInput.FAIL, savepoint);

    assertThat(failure())
        .matches(
            "input 'numbers': records are lost: "
                + ("%1$s-0: the topic was deleted and created again \\(topic id \\S+, now \\S+\\), with its records from offset 10 on; "
                        + "%1$s-1: the topic was deleted and created again \\(topic id \\S+, now \\S+\\), with its records from offset 0 on")
                    .formatted(input.name())
                + REMEDY);
  }

  @Test
  void failsIfTheTopicIsGone() throws Exception {
    String savepoint = readTenAndStop();
    try (Admin admin = kafka.admin()) {
      admin.deleteTopics(List.of(input.name())).all().get();
    }

    start("earliest", OnLostInput.FAIL, savepoint);

    assertThat(failure())
        .isEqualTo(
            "input 'numbers': records are lost: topic '%s' no longer exists. Create it, write the records again that the job has not read, if you can, and restart the job from its last checkpoint with 'on-lost-input' = 'continue', which resumes at the first record of the new topic"
                .formatted(input.name()));
  }

  @Test
  void readsATopicThatWasCreatedAgainWithFewerPartitionsFromItsFirstRecord() throws Exception {
    String savepoint = readTenAndStop();
    recreate(1);
    write(0, 100, 113);

    start("job-start", OnLostInput.CONTINUE, savepoint);

    List<Long> expected = new ArrayList<>(range(0, 10));
    expected.addAll(range(100, 113));
    awaitNumbers(expected);
    assertThat(lost("lost-inputs")).isEqualTo(2);
  }

  @Test
  void failsIfTheLagOutgrowsRetention() throws Exception {
    deleteWhatARunningJobHasNotRead(OnLostInput.FAIL);

    assertThat(failure())
        .matches(
            "input 'numbers': records are lost: %s-0: offsets \\d+ to 89 \\(up to \\d+ records, written between \\S+Z and 1970-01-01T00:00:00.090Z\\) were deleted before they were read"
                    .formatted(input.name())
                + REMEDY);
  }

  @Test
  void continuesWithoutARestartIfTheLagOutgrowsRetention() throws Exception {
    deleteWhatARunningJobHasNotRead(OnLostInput.CONTINUE);

    Awaitility.await().atMost(LONG).untilAsserted(() -> assertThat(numbers()).endsWith(99L));
    List<Long> numbers = numbers();
    int read = numbers.indexOf(90L);
    assertThat(numbers.subList(0, read)).containsExactlyElementsOf(range(0, read));
    assertThat(numbers.subList(read, numbers.size())).containsExactlyElementsOf(range(90, 100));
    assertThat(lost("lost-input-records")).isEqualTo(90 - read);
    Awaitility.await()
        .atMost(LONG)
        .untilAsserted(() -> assertThat(metrics("pendingRecords")).singleElement().isEqualTo(0L));
  }

  @Test
  void reportsCommittedOffsetsThatNoLongerExist() throws Exception {
    write(0, 0, 20);
    commit(0, 10);
    delete(0, 15);

    start("last-stopped", OnLostInput.FAIL, null);

    assertThat(failure())
        .startsWith(
            "input 'numbers': records are lost: %s-0: offsets 10 to 14 (up to 5 records, written before 1970-01-01T00:00:00.015Z)"
                .formatted(input.name()));
  }

  @Test
  void acceptsMarkersOfTransactionsEmptyPartitionsAndANewGroup() throws Exception {
    write(0, 0, 5);
    delete(0, 5);
    writeInTransaction(0, 5, 10);
    start("committed", OnLostInput.FAIL, null);
    awaitNumbers(range(5, 10));
    String savepoint = stop();
    delete(0, -1);

    start("job-start", OnLostInput.FAIL, savepoint);
    writeInTransaction(0, 10, 12);

    awaitNumbers(range(5, 12));
    write(1, 12, 13);
    awaitNumbers(range(5, 13));
    assertThat(job.getJobStatus().get()).isEqualTo(JobStatus.RUNNING);
    assertThat(lost("lost-inputs")).isZero();
  }

  @Test
  void readsTopicsThatAppearFromTheirFirstRecordAndContinuesWithTheOthers() throws Exception {
    pattern = Optional.of(input.name() + "(-.*)?");
    String savepoint = readTenAndStop();
    writeTo(create("-while-down"), 100, 105);
    write(0, 10, 15);

    start("job-start", OnLostInput.FAIL, savepoint);
    awaitAll(range(0, 15), range(100, 105));
    writeTo(create("-while-running"), 200, 205);
    awaitAll(range(0, 15), range(100, 105), range(200, 205));

    savepoint = stop();
    pattern = Optional.of(input.name() + "|.*-while-running");
    start("job-start", OnLostInput.FAIL, savepoint);
    write(0, 15, 20);
    writeTo(input.name() + "-while-down", 105, 110);
    awaitAll(range(0, 20), range(100, 105), range(200, 205));

    savepoint = stop();
    pattern = Optional.of(input.name() + "(-.*)?");
    start("job-start", OnLostInput.FAIL, savepoint);
    awaitAll(range(0, 20), range(100, 105), range(100, 110), range(200, 205));
    assertThat(lost("lost-inputs")).isZero();
  }

  @Test
  void leavesOutATopicOfAPatternWhileItIsDeletedAndReadsItOnceItIsCreatedAgain() throws Exception {
    pattern = Optional.of(input.name() + "(-.*)?");
    String gone = create("-gone");
    writeTo(gone, 100, 105);
    write(0, 0, 5);
    start("earliest", OnLostInput.CONTINUE, null);
    awaitAll(range(0, 5), range(100, 105));

    try (Admin admin = kafka.admin()) {
      admin.deleteTopics(List.of(gone)).all().get();
    }
    Awaitility.await().atMost(LONG).until(() -> lost("lost-inputs") == 1);
    write(0, 5, 10);
    awaitAll(range(0, 10), range(100, 105));
    String savepoint = stop();
    start("earliest", OnLostInput.CONTINUE, savepoint);
    write(0, 10, 15);
    awaitAll(range(0, 15), range(100, 105));
    assertThat(lost("lost-inputs")).isZero();

    writeTo(create("-gone"), 200, 205);
    awaitAll(range(0, 15), range(100, 105), range(200, 205));
  }

  @Test
  void failsIfATopicOfAPatternIsDeleted() throws Exception {
    pattern = Optional.of(input.name() + "(-.*)?");
    String gone = create("-gone");
    writeTo(gone, 100, 105);
    start("earliest", OnLostInput.FAIL, null);
    awaitAll(range(100, 105));

    try (Admin admin = kafka.admin()) {
      admin.deleteTopics(List.of(gone)).all().get();
    }

    assertThat(failure())
        .startsWith(
            "input 'numbers': records are lost: %s-0: the partition was deleted, with its records from offset 5 on"
                .formatted(gone));
  }

  /** Creates a topic of one partition. */
  private String create(String suffix) throws Exception {
    String name = input.name() + suffix;
    try (Admin admin = kafka.admin()) {
      admin.createTopics(List.of(new NewTopic(name, Optional.of(1), Optional.empty()))).all().get();
    }
    return name;
  }

  private void writeTo(String topic, long first, long end) throws Exception {
    try (KafkaProducer<String, String> producer = producer(Map.of())) {
      write(producer, topic, 0, first, end);
    }
  }

  @SafeVarargs
  @SuppressWarnings("varargs")
  private void awaitAll(List<Long>... expected) {
    List<Long> all = Stream.of(expected).flatMap(List::stream).toList();
    Awaitility.await()
        .atMost(LONG)
        .untilAsserted(() -> assertThat(numbers()).containsExactlyInAnyOrderElementsOf(all));
  }

  /** Reads 0 to 9 from partition 0, and nothing from partition 1. */
  private String readTenAndStop() throws Exception {
    write(0, 0, 10);
    start("earliest", OnLostInput.FAIL, null);
    awaitNumbers(range(0, 10));
    return stop();
  }

  private String stop() throws Exception {
    return job.stopWithSavepoint(false, savepoints.toString(), SavepointFormatType.CANONICAL).get();
  }

  private void deleteWhatARunningJobHasNotRead(OnLostInput onLost) throws Exception {
    write(0, 0, 100);
    start("earliest", onLost, null, "gate(n)");
    Gate.PERMITS.release();
    Awaitility.await().atMost(LONG).until(() -> Gate.PERMITS.availablePermits() == 0);
    delete(0, 90);
    Gate.PERMITS.release(1000);
  }

  private void start(String start, OnLostInput onLost, String savepoint) {
    start(start, onLost, savepoint, "n");
  }

  private void start(String start, OnLostInput onLost, String savepoint, String column) {
    Configuration options = new Configuration();
    options.setString("execution.checkpointing.interval", "200 ms");
    options.setString("execution.checkpointing.timeout", "10 s");
    options.setString("execution.checkpointing.unaligned.enabled", "true");
    options.setString("restart-strategy.type", "fixed-delay");
    options.setString("restart-strategy.fixed-delay.attempts", "1000");
    options.setString("parallelism.default", "1");
    options.setString("pipeline.name", output.name());
    if (savepoint != null) {
      options.setString("execution.state-recovery.path", savepoint);
    }
    StreamTableEnvironment tables =
        StreamTableEnvironment.create(StreamExecutionEnvironment.getExecutionEnvironment(options));
    tables.createTemporarySystemFunction("gate", Gate.class);
    tables.executeSql(
        "CREATE TEMPORARY TABLE numbers (n BIGINT) WITH ('connector' = 'kafka-input',"
            + " 'bootstrap-servers' = '%s', %s, 'format' = 'csv',"
                .formatted(
                    kafka.bootstrapServers(),
                    pattern
                        .map("'topic-pattern' = '%s'"::formatted)
                        .orElse("'topics' = '%s'".formatted(String.join(";", topics))))
            + " 'kafka.partition.discovery.interval.ms' = '200',"
            // One record at a time.
            + " 'kafka.max.partition.fetch.bytes' = '1', 'kafka.max.poll.records' = '1',"
            + " 'start' = '%s', 'on-lost-input' = '%s')".formatted(start, onLost));
    tables.executeSql(
        "CREATE TEMPORARY TABLE copies (n BIGINT) WITH ('connector' = 'kafka-output',"
            + " 'bootstrap-servers' = '%s', 'topic' = '%s', 'format' = 'csv')"
                .formatted(kafka.bootstrapServers(), output.name()));
    job =
        tables
            .executeSql("INSERT INTO copies SELECT %s FROM numbers".formatted(column))
            .getJobClient()
            .orElseThrow();
  }

  /** Writes numbers, one per batch, with the number as timestamp. */
  private void write(int partition, long first, long end) throws Exception {
    try (KafkaProducer<String, String> producer = producer(Map.of())) {
      write(producer, input.name(), partition, first, end);
    }
  }

  private void writeInTransaction(int partition, long first, long end) throws Exception {
    try (KafkaProducer<String, String> producer =
        producer(Map.of(ProducerConfig.TRANSACTIONAL_ID_CONFIG, input.name()))) {
      producer.initTransactions();
      producer.beginTransaction();
      write(producer, input.name(), partition, first, end);
      producer.commitTransaction();
    }
  }

  private void write(
      KafkaProducer<String, String> producer, String topic, int partition, long first, long end)
      throws Exception {
    for (long n = first; n < end; n++) {
      producer
          .send(new ProducerRecord<>(topic, partition, n, null, String.valueOf(n)))
          .get(); // One record per batch.
    }
  }

  private KafkaProducer<String, String> producer(Map<String, Object> added) {
    Map<String, Object> properties = new HashMap<>(added);
    properties.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers());
    return new KafkaProducer<>(properties, new StringSerializer(), new StringSerializer());
  }

  /** Deletes the records before an offset as retention does; -1 for all. */
  private void delete(int partition, long before) throws Exception {
    try (Admin admin = kafka.admin()) {
      admin
          .deleteRecords(
              Map.of(
                  new TopicPartition(input.name(), partition),
                  RecordsToDelete.beforeOffset(before)))
          .all()
          .get();
    }
  }

  private void commit(int partition, long offset) throws Exception {
    try (Admin admin = kafka.admin()) {
      admin
          .alterConsumerGroupOffsets(
              output.name() + "-numbers",
              Map.of(new TopicPartition(input.name(), partition), new OffsetAndMetadata(offset)))
          .all()
          .get();
    }
  }

  private void recreate(int partitions) throws Exception {
    try (Admin admin = kafka.admin()) {
      admin.deleteTopics(List.of(input.name())).all().get();
      Awaitility.await().until(() -> !admin.listTopics().names().get().contains(input.name()));
      admin
          .createTopics(
              List.of(new NewTopic(input.name(), Optional.of(partitions), Optional.empty())))
          .all()
          .get();
    }
  }

  private String failure() throws InterruptedException {
    try {
      job.getJobExecutionResult().get();
    } catch (ExecutionException e) {
      return Causes.of(e).rootMessage();
    }
    throw new AssertionError("the job finished");
  }

  private void awaitNumbers(List<Long> expected) {
    Awaitility.await()
        .atMost(LONG)
        .untilAsserted(() -> assertThat(numbers()).containsExactlyElementsOf(expected));
  }

  private List<Long> numbers() {
    return output.committed().stream()
        .map(record -> Long.valueOf(new String(record.value(), UTF_8)))
        .toList();
  }

  private static List<Long> range(long first, long end) {
    return LongStream.range(first, end).boxed().toList();
  }

  private long lost(String metric) {
    return metrics(metric).stream().mapToLong(count -> (long) count).sum();
  }

  /** Returns the values of a counter or gauge of the running job. */
  private List<Object> metrics(String name) {
    return REPORTER.getMetricsByGroup().entrySet().stream()
        .filter(group -> group.getKey().getAllVariables().containsValue("" + job.getJobID()))
        .map(group -> group.getValue().get(name))
        .filter(Objects::nonNull)
        .map(
            metric ->
                metric instanceof Counter counter
                    ? (Object) counter.getCount()
                    : ((Gauge<?>) metric).getValue())
        .toList();
  }
}

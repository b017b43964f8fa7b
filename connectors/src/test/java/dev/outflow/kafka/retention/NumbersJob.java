package dev.outflow.kafka.retention;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outflow.embedded.EmbeddedKafka;
import dev.outflow.embedded.TestTopic;
import dev.outflow.secret.Causes;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.runtime.testutils.InMemoryReporter;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.awaitility.Awaitility;

/** A job that copies numbers between topics of its own. Tests delete some that it has not read. */
final class NumbersJob {
  static final Duration LONG = Duration.ofSeconds(30);

  /** The end of the message about lost records. */
  static final String REMEDY =
      ". Write these records again if you can, and restart the job from its last checkpoint with"
          + " 'on-lost-input' = 'continue', which resumes at the first record that is left";

  private final EmbeddedKafka kafka;
  private final Path savepoints;
  private final InMemoryReporter metrics;
  private final NumbersTopic input;
  private final TestTopic output;
  private JobClient job;

  /**
   * Creates the topics; nothing runs yet.
   *
   * @param metrics of the cluster
   */
  NumbersJob(EmbeddedKafka kafka, Path savepoints, InMemoryReporter metrics) throws Exception {
    this.kafka = kafka;
    this.savepoints = savepoints;
    this.metrics = metrics;
    input = new NumbersTopic(TestTopic.create(kafka, 2));
    output = TestTopic.create(kafka, 1);
  }

  /** Returns the cluster of a class. */
  static MiniClusterExtension cluster(InMemoryReporter metrics) {
    return new MiniClusterExtension(
        new MiniClusterResourceConfiguration.Builder()
            .setNumberSlotsPerTaskManager(2)
            .setConfiguration(metrics.addToConfiguration(new Configuration()))
            .build());
  }

  EmbeddedKafka kafka() {
    return kafka;
  }

  /** Returns the topic that the job reads by default, with two partitions. */
  NumbersTopic input() {
    return input;
  }

  /** Returns the name of the output topic, which is also that of the job. */
  String name() {
    return output.name();
  }

  JobClient client() {
    return job;
  }

  /** Reads 0 to 9 from partition 0, and nothing from partition 1. Returns a savepoint. */
  String readTenAndStop() throws Exception {
    return readTenAndStop(topics(input.name()));
  }

  String readTenAndStop(String topics) throws Exception {
    input.write(0, 0, 10);
    start(topics, "earliest", OnLostInput.FAIL, null);
    awaitNumbers(range(0, 10));
    return stop();
  }

  String stop() throws Exception {
    return job.stopWithSavepoint(false, savepoints.toString(), SavepointFormatType.CANONICAL).get();
  }

  void cancel() throws Exception {
    if (job != null && !job.getJobStatus().get().isTerminalState()) {
      job.cancel().get();
      Awaitility.await().until(() -> job.getJobStatus().get().isTerminalState());
    }
  }

  /** Returns the option of an input that reads these topics. */
  static String topics(String... names) {
    return "'topics' = '%s'".formatted(String.join(";", names));
  }

  /** Returns the option of an input that reads the topics that match. */
  static String pattern(String regex) {
    return "'topic-pattern' = '%s'".formatted(regex);
  }

  void start(String position, OnLostInput onLost, String savepoint) {
    start(topics(input.name()), position, onLost, savepoint);
  }

  void start(String topics, String position, OnLostInput onLost, String savepoint) {
    start(topics, position, onLost, savepoint, "n");
  }

  /** Starts the job so that each record passes the {@link Gate}. */
  void startGated(OnLostInput onLost) {
    start(topics(input.name()), "earliest", onLost, null, "gate(n)");
  }

  private void start(
      String topics, String position, OnLostInput onLost, String savepoint, String column) {
    Configuration options = new Configuration();
    options.setString("execution.checkpointing.interval", "200 ms");
    options.setString("execution.checkpointing.timeout", "10 s");
    options.setString("execution.checkpointing.unaligned.enabled", "true");
    options.setString("restart-strategy.type", "fixed-delay");
    options.setString("restart-strategy.fixed-delay.attempts", "1000");
    options.setString("parallelism.default", "1");
    options.setString("pipeline.name", name());
    if (savepoint != null) {
      options.setString("execution.state-recovery.path", savepoint);
    }
    StreamTableEnvironment tables =
        StreamTableEnvironment.create(StreamExecutionEnvironment.getExecutionEnvironment(options));
    tables.createTemporarySystemFunction("gate", Gate.class);
    tables.executeSql(
        "CREATE TEMPORARY TABLE numbers (n BIGINT) WITH ('connector' = 'kafka-input',"
            + " 'bootstrap-servers' = '%s', %s, 'format' = 'csv',"
                .formatted(kafka.bootstrapServers(), topics)
            + " 'kafka.partition.discovery.interval.ms' = '200',"
            // One record at a time.
            + " 'kafka.max.partition.fetch.bytes' = '1', 'kafka.max.poll.records' = '1',"
            + " 'start' = '%s', 'on-lost-input' = '%s')".formatted(position, onLost));
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

  /** Returns the message of the job's failure, once it has failed. */
  String failure() throws InterruptedException {
    try {
      job.getJobExecutionResult().get();
    } catch (ExecutionException e) {
      return Causes.of(e).rootMessage();
    }
    throw new AssertionError("the job finished");
  }

  /** Waits for these numbers in their order. */
  void awaitNumbers(List<Long> expected) {
    Awaitility.await()
        .atMost(LONG)
        .untilAsserted(() -> assertThat(numbers()).containsExactlyElementsOf(expected));
  }

  /** Waits for these numbers in any order. */
  @SafeVarargs
  @SuppressWarnings("varargs")
  final void awaitAll(List<Long>... expected) {
    List<Long> all = Stream.of(expected).flatMap(List::stream).toList();
    Awaitility.await()
        .atMost(LONG)
        .untilAsserted(() -> assertThat(numbers()).containsExactlyInAnyOrderElementsOf(all));
  }

  /** Returns the committed output. */
  List<Long> numbers() {
    return output.values().stream().map(Long::valueOf).toList();
  }

  static List<Long> range(long first, long end) {
    return LongStream.range(first, end).boxed().toList();
  }

  long lost(String metric) {
    return metrics(metric).stream().mapToLong(count -> (long) count).sum();
  }

  /** Returns the values of a counter or gauge of the running job. */
  List<Object> metrics(String name) {
    return metrics.getMetricsByGroup().entrySet().stream()
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

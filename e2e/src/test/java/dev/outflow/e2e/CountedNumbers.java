package dev.outflow.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.outflow.embedded.KafkaAddress;
import dev.outflow.embedded.TestTopic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Numbers within one hour that a job copies and counts. The count is the job's state: a number that
 * is lost or duplicated anywhere shows in the copies or in the count.
 */
record CountedNumbers(TestTopic in, TestTopic copies, TestTopic counts) {
  private static final Duration ARRIVING = Duration.ofSeconds(90);
  private static final String HOUR = "2026-11-20 10:10:00Z";
  private static final String LATER = "2026-11-20 12:00:00Z";

  static CountedNumbers create(KafkaAddress inputs, KafkaAddress outputs) throws Exception {
    return new CountedNumbers(
        TestTopic.create(inputs, 2), TestTopic.create(outputs, 2), TestTopic.create(outputs, 1));
  }

  /** Returns the job.yaml, with outputs {@code copies} and {@code counts}. */
  String definition() {
    return """
        name: counted-%2$s
        inputs:
          numbers:
            connector: kafka
            bootstrap-servers: %1$s
            topic: %2$s
            start: earliest
            format: csv
            columns: { number: INT, sent_at: TIMESTAMP_LTZ(3) }
            event-time: { column: sent_at }
        queries:
          copies: SELECT number FROM numbers WHERE number >= 0
          counts: >
            SELECT COUNT(*) AS how_many, SUM(number) AS total
            FROM TUMBLE(TABLE numbers, DESCRIPTOR(sent_at), INTERVAL '1' HOUR)
            GROUP BY window_start, window_end
        outputs:
          copies: { bootstrap-servers: "%3$s", topic: %4$s, format: csv }
          counts: { bootstrap-servers: "%3$s", topic: %5$s, format: csv }
        flink: { execution.checkpointing.interval: 500 ms }
        """
        .formatted(
            in.kafka().bootstrapServers(),
            in.name(),
            copies.kafka().bootstrapServers(),
            copies.name(),
            counts.name());
  }

  /**
   * Writes the numbers from {@code from} (inclusive) to {@code to} (exclusive) and waits for all
   * acks.
   */
  void send(int from, int to) throws Exception {
    send(
        IntStream.range(from, to)
            .mapToObj(number -> record(number % in.partitions(), number, HOUR)));
  }

  /**
   * Writes numbers from {@code from} on before and while the action runs; returns the next number.
   */
  int sendDuring(int from, Callable<?> action) throws Exception {
    int number = from;
    try (KafkaProducer<String, String> producer = producer()) {
      BackgroundTask<?> running = null;
      while (running == null || running.isRunning()) {
        producer.send(record(number % in.partitions(), number, HOUR)).get();
        number++;
        running = running == null ? BackgroundTask.start(action) : running;
      }
      running.get();
    }
    return number;
  }

  /** Writes a record of a later hour, so that the window closes and the job writes its count. */
  void closeWindow() throws Exception {
    send(IntStream.range(0, in.partitions()).mapToObj(partition -> record(partition, -1, LATER)));
  }

  /** Waits until these topics together hold at least this many committed copies. */
  static void await(int copies, TestTopic... topics) {
    Await.until(
        copies + " copies are committed",
        ARRIVING,
        JavaProcess.started(),
        () -> lines(topics).size() >= copies);
  }

  /**
   * Closes the window and asserts that each number below {@code to} was copied and counted once.
   */
  void assertEachNumberOnce(int to, TestTopic counted, TestTopic... copied) throws Exception {
    closeWindow();
    Await.until(
        "the count is committed", ARRIVING, JavaProcess.started(), () -> !lines(counted).isEmpty());
    await(to, copied);
    assertThat(lines(counted)).containsExactly("%d,%d".formatted(to, to * (to - 1) / 2));
    assertThat(lines(copied).stream().map(Integer::valueOf).sorted())
        .containsExactlyElementsOf(IntStream.range(0, to).boxed().toList());
  }

  /** Returns the committed records of these topics. */
  static List<String> lines(TestTopic... topics) {
    return Stream.of(topics)
        .flatMap(topic -> topic.committed().stream())
        .map(record -> new String(record.value(), UTF_8).strip())
        .toList();
  }

  private KafkaProducer<String, String> producer() {
    return new KafkaProducer<>(
        Map.of("bootstrap.servers", in.kafka().bootstrapServers()),
        new StringSerializer(),
        new StringSerializer());
  }

  private ProducerRecord<String, String> record(int partition, int number, String at) {
    return new ProducerRecord<>(in.name(), partition, null, number + "," + at);
  }

  private void send(Stream<ProducerRecord<String, String>> records) throws Exception {
    try (KafkaProducer<String, String> producer = producer()) {
      List<Future<?>> sent = new ArrayList<>();
      records.forEach(record -> sent.add(producer.send(record)));
      for (Future<?> result : sent) {
        result.get();
      }
    }
  }
}

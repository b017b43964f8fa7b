package dev.outflow.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.outflow.embedded.KafkaAddress;
import dev.outflow.embedded.TestTopic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/** Numbered records that a job copies from topic to topic, so that lost and duplicate ones show. */
record Numbers(TestTopic in, TestTopic out) {
  static final String QUERIES = "queries: { copies: SELECT number FROM numbers }\n";

  private static final Duration ARRIVING = Duration.ofSeconds(90);

  static Numbers create(KafkaAddress kafka, int partitions) throws Exception {
    return new Numbers(TestTopic.create(kafka, partitions), TestTopic.create(kafka, partitions));
  }

  /** Returns a job.yaml with input {@code numbers} and output {@code copies} but no query. */
  String tables() {
    return tables(in.kafka().bootstrapServers(), in.name(), out.name());
  }

  /** The same for topics that are not necessarily of a current broker. */
  static String tables(String bootstrapServers, String in, String out) {
    return """
        name: numbers
        inputs:
          numbers:
            connector: kafka
            bootstrap-servers: %1$s
            topic: %2$s
            start: earliest
            format: json
            columns: { number: INT }
        outputs:
          copies:
            bootstrap-servers: %1$s
            topic: %3$s
            format: json
        flink: { execution.checkpointing.interval: 500 ms }
        """
        .formatted(bootstrapServers, in, out);
  }

  /** Returns a complete job.yaml. */
  String definition() {
    return tables() + QUERIES;
  }

  /**
   * Writes the numbers from {@code from} (inclusive) to {@code to} (exclusive) and waits for all
   * acks.
   */
  void send(int from, int to) throws Exception {
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", in.kafka().bootstrapServers()),
            new StringSerializer(),
            new StringSerializer())) {
      List<Future<?>> sent = new ArrayList<>();
      for (int number = from; number < to; number++) {
        sent.add(
            producer.send(
                new ProducerRecord<>(
                    in.name(),
                    number % in.partitions(),
                    null,
                    "{\"number\":%d}".formatted(number))));
      }
      for (Future<?> result : sent) {
        result.get();
      }
    }
  }

  /** Waits until each number below {@code to} was copied and committed exactly once. */
  void awaitCopies(int to) {
    Await.until(
        "%d copies are in %s".formatted(to, out.name()),
        ARRIVING,
        JavaProcess.started(),
        () -> out.committed().size() >= to);
    assertThat(copies()).containsExactlyElementsOf(IntStream.range(0, to).boxed().toList());
  }

  /** Returns the committed numbers, sorted. */
  List<Integer> copies() {
    return out.committed().stream()
        .map(record -> new String(record.value(), UTF_8).replaceAll("\\D", ""))
        .map(Integer::valueOf)
        .sorted()
        .toList();
  }
}

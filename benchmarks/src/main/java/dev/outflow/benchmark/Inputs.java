package dev.outflow.benchmark;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The input topics, each filled once and read by all contestants. */
final class Inputs {
  private static final int DISTINCT_VALUES = 20_000;

  private final TestBed testBed;
  private final Topics topics;
  private final double seconds;
  private final Map<String, Input> filled = new HashMap<>();

  /** {@code seconds} is how long the records should last for a fast job. */
  Inputs(TestBed testBed, Topics topics, double seconds) {
    this.testBed = testBed;
    this.topics = topics;
    this.seconds = seconds;
  }

  /** A topic with its number of records and their average value size in bytes. */
  record Input(String topic, long records, double bytes) {}

  /**
   * Returns the filled topic of a workload, or an empty input if the workload generates records.
   */
  Input of(Workload workload) throws IOException, ExecutionException, InterruptedException {
    if (workload.scenario() == Scenario.GENERATOR) {
      return new Input("", 0, 0);
    }
    String topic = topic(workload);
    Input input = filled.get(topic);
    if (input == null) {
      topics.create(topic, workload.partitions(), true);
      input = fill(topic, workload);
      filled.put(topic, input);
    }
    return input;
  }

  /** Deletes topics that only few contests read, to limit disk usage. */
  void clear() throws ExecutionException, InterruptedException {
    List<String> rare =
        filled.keySet().stream().filter(topic -> !topic.equals(topic(Workload.BASE))).toList();
    topics.delete(rare);
    rare.forEach(filled::remove);
  }

  private static String topic(Workload workload) {
    return "in-%s-%d-%d-%d%s"
        .formatted(
            workload.format(),
            workload.bytes(),
            workload.columns(),
            workload.partitions(),
            workload.scenario() == Scenario.WINDOW ? "-timed" : "");
  }

  private Input fill(String topic, Workload workload)
      throws IOException, ExecutionException, InterruptedException {
    long records = (long) (seconds * maxRecordsPerSecond(workload));
    Iterator<byte[]> values = values(workload);
    long bytes = 0;
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of(
                "bootstrap.servers", testBed.kafka().broker().bootstrapServers(),
                "linger.ms", "50",
                "batch.size", "262144"),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      Future<RecordMetadata> last = null;
      for (long n = 0; n < records; n++) {
        byte[] value = values.next();
        bytes += value.length;
        last =
            producer.send(
                new ProducerRecord<>(topic, (int) (n % workload.partitions()), null, value));
      }
      last.get();
    }
    return new Input(topic, records, (double) bytes / records);
  }

  /** Repeats a few values unless the scenario depends on their timestamps. */
  private static Iterator<byte[]> values(Workload workload) throws IOException {
    RandomReadings readings = new RandomReadings(workload);
    ReadingCodec codec = workload.format().codec();
    if (workload.scenario() == Scenario.WINDOW) {
      return Stream.generate(() -> encode(codec, readings.next())).iterator();
    }
    List<byte[]> values = new ArrayList<>();
    for (int n = 0; n < DISTINCT_VALUES; n++) {
      values.add(widened(codec.input(readings.next()), n, workload.columns()));
    }
    return Stream.generate(() -> values).flatMap(List::stream).iterator();
  }

  private static byte[] encode(ReadingCodec codec, Reading reading) {
    try {
      return codec.input(reading);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns an upper bound of records/s, depending on the record size. */
  private static double maxRecordsPerSecond(Workload workload) {
    double bytes = workload.bytes() + 25.0 * (workload.columns() - 5);
    double ofSmallRecords = workload.format() == Format.AVRO ? 900_000 : 650_000;
    return ofSmallRecords * Math.min(1, 330 / (bytes + 130));
  }

  /** Adds columns to a JSON object. */
  private static byte[] widened(byte[] json, long n, int columns) {
    if (columns <= 5) {
      return json;
    }
    StringBuilder wide = new StringBuilder(new String(json, 0, json.length - 1, UTF_8));
    IntStream.range(5, columns)
        .forEach(
            i ->
                wide.append(",\"c")
                    .append(i)
                    .append("\":")
                    .append(i % 2 == 0 ? "\"value %d\"".formatted(n % 97) : n % 1000 / 8.0));
    return wide.append('}').toString().getBytes(UTF_8);
  }
}

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

/** The topics that jobs read, each filled once and read by all. */
final class Inputs {
  private static final int FEW = 20_000;

  private final Place place;
  private final Topics topics;
  private final double seconds;
  private final Map<String, Input> filled = new HashMap<>();

  /** {@code seconds}: how long a fast job should be able to read without end. */
  Inputs(Place place, Topics topics, double seconds) {
    this.place = place;
    this.topics = topics;
    this.seconds = seconds;
  }

  /** A topic, how many records are in it, and how many bytes their values have on average. */
  record Input(String topic, long records, double bytes) {}

  /** What a workload reads; filled when this returns, and empty if it generates. */
  Input of(Workload workload) throws IOException, ExecutionException, InterruptedException {
    if (workload.scenario() == Scenario.GENERATOR) {
      return new Input("", 0, 0);
    }
    String topic = topic(workload);
    Input known = filled.get(topic);
    if (known == null) {
      topics.create(topic, workload.partitions(), true);
      known = fill(topic, workload);
      filled.put(topic, known);
    }
    return known;
  }

  /** Deletes what only few contests read, so that the disk does not fill. */
  void clear() throws ExecutionException, InterruptedException {
    List<String> rare =
        filled.keySet().stream().filter(it -> !it.equals(topic(Workload.BASE))).toList();
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
    long records = (long) (seconds * fastest(workload));
    Iterator<byte[]> values = values(workload);
    long bytes = 0;
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of(
                "bootstrap.servers", place.kafka().broker().bootstrapServers(),
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

  /** The same few again and again, if nobody looks at their times. */
  private static Iterator<byte[]> values(Workload workload) throws IOException {
    RandomReadings readings = new RandomReadings(workload);
    ReadingCodec codec = workload.format().codec();
    if (workload.scenario() == Scenario.WINDOW) {
      return Stream.generate(() -> written(codec, readings.next())).iterator();
    }
    List<byte[]> few = new ArrayList<>();
    for (int n = 0; n < FEW; n++) {
      few.add(widened(codec.input(readings.next()), n, workload.columns()));
    }
    return Stream.generate(() -> few).flatMap(List::stream).iterator();
  }

  private static byte[] written(ReadingCodec codec, Reading reading) {
    try {
      return codec.input(reading);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Records a second that no job is going to exceed here, by the size of a record. */
  private static double fastest(Workload workload) {
    double bytes = workload.bytes() + 25.0 * (workload.columns() - 5);
    double small = workload.format() == Format.AVRO ? 550_000 : 350_000;
    return small * Math.min(1, 330 / (bytes + 130));
  }

  /** More columns, before the end of a JSON object. */
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

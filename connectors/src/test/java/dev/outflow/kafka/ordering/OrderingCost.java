package dev.outflow.kafka.ordering;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.management.OperatingSystemMXBean;
import dev.outflow.embedded.EmbeddedKafka;
import dev.outflow.embedded.TestTopic;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * What ordering costs where nothing has to be ordered: CPU time for each record of JSON that is
 * read from Kafka, with Flink's watermark and with ordering, in turn. Run by hand on a calm
 * machine; the broker's and Flink's threads count, too.
 *
 * <p>Arguments: how many records (1,000,000), how many rounds (5).
 */
public final class OrderingCost {
  private static final OperatingSystemMXBean PROCESS =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  private OrderingCost() {}

  /** Measures, and prints the medians. */
  public static void main(String... arguments) throws Exception {
    int records = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1_000_000;
    int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 5;
    try (EmbeddedKafka kafka = EmbeddedKafka.start()) {
      TestTopic topic = TestTopic.create(kafka, 1);
      fill(topic, records);
      List<Double> ratios = new ArrayList<>();
      List<Double> plain = new ArrayList<>();
      read(topic, false);
      read(topic, true);
      for (int round = 0; round < rounds; round++) {
        double before = read(topic, false) / records;
        double ordered = read(topic, true) / records;
        double after = read(topic, false) / records;
        plain.add((before + after) / 2);
        ratios.add(ordered / ((before + after) / 2));
        System.out.printf(Locale.ROOT, "%.2f  %.2f  %.2f us a record%n", before, ordered, after);
      }
      System.out.printf(
          Locale.ROOT,
          "median: %.2f us a record without ordering, %.1f %% more with it%n",
          median(plain),
          (median(ratios) - 1) * 100);
    }
  }

  private static double median(List<Double> values) {
    return values.stream().sorted().toList().get(values.size() / 2);
  }

  private static void fill(TestTopic topic, int records) throws Exception {
    Instant begin = Instant.now().minus(Duration.ofHours(12));
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", topic.kafka().bootstrapServers(), "linger.ms", "20"),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      Future<RecordMetadata> last = null;
      for (int n = 0; n < records; n++) {
        Instant time = begin.plusMillis(10L * n);
        String value =
            ("{\"n\": %d, \"city\": \"Kraków\", \"customer\": \"customer-%d\", \"amount\": 12.5, \"note\":"
                    + " \"as large as a record of a job usually is\", \"express\": true, \"t\": \"%s\"}")
                .formatted(n, n % 1000, time);
        last =
            producer.send(
                new ProducerRecord<>(
                    topic.name(), 0, time.toEpochMilli(), null, value.getBytes(UTF_8)));
      }
      last.get();
    }
  }

  /** CPU time of this process, in us. */
  private static double read(TestTopic topic, boolean ordered) throws Exception {
    Configuration options = new Configuration();
    options.setString("parallelism.default", "1");
    StreamTableEnvironment tables =
        StreamTableEnvironment.create(StreamExecutionEnvironment.getExecutionEnvironment(options));
    tables.executeSql(
        ("CREATE TEMPORARY TABLE events (n BIGINT, city STRING, customer STRING, amount DOUBLE, note"
                + " STRING, express BOOLEAN, t TIMESTAMP_LTZ(3), WATERMARK FOR t AS %s) WITH ("
                + "'connector' = 'kafka-input', 'start' = 'earliest', 'format' = 'json', 'bounded' ="
                + " 'true', 'bootstrap-servers' = '%s', 'topic' = '%s'%s)")
            .formatted(
                ordered ? "SOURCE_WATERMARK()" : "t - INTERVAL '8' SECOND",
                topic.kafka().bootstrapServers(),
                topic.name(),
                ordered ? ", 'event-time.late' = '15 s', 'event-time.out-of-order' = '8 s'" : ""));
    tables.executeSql(
        "CREATE TEMPORARY TABLE written (n BIGINT, city STRING, customer STRING, amount DOUBLE, note"
            + " STRING, express BOOLEAN, t TIMESTAMP_LTZ(3)) WITH ('connector' = 'blackhole')");
    long begin = PROCESS.getProcessCpuTime();
    tables.executeSql("INSERT INTO written SELECT * FROM events").await();
    return (PROCESS.getProcessCpuTime() - begin) / 1000.0;
  }
}

package dev.outflow.benchmark;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.management.OperatingSystemMXBean;
import dev.outflow.embedded.EmbeddedKafka;
import dev.outflow.embedded.TestTopic;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The cost of event ordering for records that are already in order: reads JSON from Kafka with
 * Flink's watermarks and with ordering. Reports time per record, and CPU time per record of the
 * whole process, including the broker.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(3)
@Warmup(iterations = 3)
@Measurement(iterations = 5)
public class OrderingBenchmark {
  private static final int RECORDS = 500_000;
  private static final String COLUMNS =
      "n BIGINT, city STRING, customer STRING, amount DOUBLE, note STRING, express BOOLEAN,"
          + " t TIMESTAMP_LTZ(3)";
  private static final String ORDERING =
      ", 'event-time.late' = '15 s', 'event-time.out-of-order' = '8 s'";

  @Param({"false", "true"})
  boolean ordered;

  @Param({"true", "false"})
  boolean objectReuse;

  private EmbeddedKafka kafka;
  private TestTopic topic;

  /** Counts CPU time. */
  @State(Scope.Thread)
  @AuxCounters(AuxCounters.Type.EVENTS)
  public static class Cpu {
    public double microsPerRecord;
  }

  @Setup
  public void fill() throws Exception {
    kafka = EmbeddedKafka.start();
    topic = TestTopic.create(kafka, 1);
    Instant begin = Instant.now().minus(Duration.ofHours(12));
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", kafka.bootstrapServers(), "linger.ms", "20"),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      Future<RecordMetadata> last = null;
      for (int n = 0; n < RECORDS; n++) {
        Instant time = begin.plusMillis(10L * n);
        byte[] value =
            """
            {"n": %d, "city": "Kraków", "customer": "customer-%d", "amount": 12.5, "note": "as long as the note \
            of a typical record", "express": true, "t": "%s"}"""
                .formatted(n, n % 1000, time)
                .getBytes(UTF_8);
        last =
            producer.send(new ProducerRecord<>(topic.name(), 0, time.toEpochMilli(), null, value));
      }
      last.get();
    }
  }

  @TearDown
  public void stop() {
    kafka.close();
  }

  @Benchmark
  @OperationsPerInvocation(RECORDS)
  public void read(Cpu cpu) throws Exception {
    OperatingSystemMXBean process =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    Configuration options = new Configuration();
    options.setString("parallelism.default", "1");
    options.setString("pipeline.object-reuse", String.valueOf(objectReuse));
    StreamTableEnvironment tables =
        StreamTableEnvironment.create(StreamExecutionEnvironment.getExecutionEnvironment(options));
    tables.executeSql(
        "CREATE TEMPORARY TABLE events (%s, WATERMARK FOR t AS %s) WITH ('connector' = 'kafka-input', 'start' = 'earliest', 'format' = 'json', 'bounded' = 'true', 'bootstrap-servers' = '%s', 'topic' = '%s'%s)"
            .formatted(
                COLUMNS,
                ordered ? "SOURCE_WATERMARK()" : "t - INTERVAL '8' SECOND",
                kafka.bootstrapServers(),
                topic.name(),
                ordered ? ORDERING : ""));
    tables.executeSql(
        "CREATE TEMPORARY TABLE ignored (%s) WITH ('connector' = 'blackhole')".formatted(COLUMNS));
    long begin = process.getProcessCpuTime();
    tables.executeSql("INSERT INTO ignored SELECT * FROM events").await();
    cpu.microsPerRecord = (process.getProcessCpuTime() - begin) / 1e3 / RECORDS;
  }
}

package dev.outflow.e2e;

import dev.outflow.embedded.KafkaAddress;
import dev.outflow.embedded.TestTopic;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Writes numbered records to a topic at a constant rate, each once and in order even while brokers
 * fail, and now and then a malformed record. Device, time and window of a record follow from its
 * number.
 */
final class NumberStream implements AutoCloseable {
  /** The records of a device are in one partition. */
  static final int DEVICES = 20;

  /** The numbers of all devices within a window of 1 s. */
  static final int PER_WINDOW = 200;

  /** One malformed record follows this many numbers. */
  private static final int PER_MALFORMED = 1_000;

  /** Brokers and clients need CPU time per request, not per record. */
  private static final int AT_ONCE = 20;

  private static final int MILLISECONDS_APART = 1000 / PER_WINDOW;

  /** The time of the first number; the others of its window follow within 1 s. */
  static final long FIRST = 1_767_225_600_000L; // 2026-01-01T00:00:00Z

  private final TestTopic topic;
  private final KafkaProducer<String, String> producer;
  private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
  private final AtomicReference<Exception> failure = new AtomicReference<>();
  private volatile int sent;

  private NumberStream(TestTopic topic, KafkaProducer<String, String> producer) {
    this.topic = topic;
    this.producer = producer;
  }

  /** Starts writing {@link #PER_WINDOW} numbers per second. */
  static NumberStream start(KafkaAddress kafka, TestTopic topic) {
    NumberStream stream =
        new NumberStream(
            topic,
            new KafkaProducer<>(
                Map.of(
                    "bootstrap.servers", kafka.bootstrapServers(),
                    "request.timeout.ms", 4_000,
                    "delivery.timeout.ms", 600_000,
                    "max.block.ms", 600_000),
                new StringSerializer(),
                new StringSerializer()));
    Future<?> unused =
        stream.clock.scheduleAtFixedRate(
            stream::sendSome, 0, (long) AT_ONCE * MILLISECONDS_APART, TimeUnit.MILLISECONDS);
    return stream;
  }

  /** Returns how many numbers were sent: 0 to this (exclusive). */
  int sent() {
    return sent;
  }

  /**
   * Ends the stream with a much later record in each partition, which closes all windows; returns
   * how many numbers were sent.
   */
  int end() throws Exception {
    clock.shutdown();
    clock.awaitTermination(60, TimeUnit.SECONDS);
    for (int device = 0; device < topic.partitions(); device++) {
      send(-1, device, sent + 10 * PER_WINDOW);
    }
    producer.flush();
    if (failure.get() != null) {
      throw new IllegalStateException("the stream could not be written", failure.get());
    }
    return sent;
  }

  @Override
  public void close() {
    clock.shutdownNow();
    producer.close(Duration.ZERO);
  }

  /** Returns the malformed records among the first {@code sent} numbers, in order. */
  static List<String> malformed(int sent) {
    return IntStream.range(0, sent)
        .filter(number -> number % PER_MALFORMED == 0)
        .mapToObj(NumberStream::malformedAt)
        .toList();
  }

  private static String malformedAt(int number) {
    return "{\"number\":" + number;
  }

  private void sendSome() {
    for (int i = 0; i < AT_ONCE; i++) {
      int number = sent;
      send(number, number % DEVICES, number);
      if (number % PER_MALFORMED == 0) {
        send(number % topic.partitions(), malformedAt(number));
      }
      sent = number + 1;
    }
  }

  private void send(int number, int device, int moment) {
    String value =
        "{\"number\":%d,\"device\":%d,\"happened\":\"%s\"}"
            .formatted(
                number, device, Instant.ofEpochMilli(FIRST + (long) moment * MILLISECONDS_APART));
    send(device % topic.partitions(), value);
  }

  private void send(int partition, String value) {
    Future<?> unused =
        producer.send(
            new ProducerRecord<>(topic.name(), partition, null, value),
            (stored, problem) -> {
              if (problem != null) {
                failure.compareAndSet(null, problem);
              }
            });
  }
}

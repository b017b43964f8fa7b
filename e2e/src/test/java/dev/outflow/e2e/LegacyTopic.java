package dev.outflow.e2e;

import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.slf4j.LoggerFactory;

/**
 * A topic with two partitions on a broker of 0.10. It is written and read with the Kafka client in
 * outflow-legacy.jar: that of the tests does not support such brokers.
 */
record LegacyTopic(String servers, String name) {
  static final Path JAR =
      Path.of("../legacy/target/outflow-legacy.jar").toAbsolutePath().normalize();

  private static final ClassLoader CLIENT = client();
  static final int PARTITIONS = 2;

  static LegacyTopic create(String servers, String name) throws Exception {
    LegacyTopic topic = new LegacyTopic(servers, name);
    topic.call(Creator.class, List.of());
    return topic;
  }

  /** Writes records and waits for all acks. */
  void send(List<String> values) throws Exception {
    call(Writer.class, values);
  }

  /** Returns all records. */
  List<String> read() throws Exception {
    return call(Reader.class, List.of());
  }

  /** Runs one of the classes below with the other client. */
  private List<String> call(Class<?> code, List<String> values) throws Exception {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(CLIENT);
    try {
      @SuppressWarnings("unchecked")
      BiFunction<List<String>, List<String>, List<String>> loaded =
          (BiFunction<List<String>, List<String>, List<String>>)
              CLIENT.loadClass(code.getName()).getConstructor().newInstance();
      return loaded.apply(List.of(servers, name), values);
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  private static ClassLoader client() {
    try {
      return new URLClassLoader(
          new URL[] {
            JAR.toUri().toURL(), location(LegacyTopic.class), location(LoggerFactory.class)
          },
          ClassLoader.getPlatformClassLoader());
    } catch (MalformedURLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static URL location(Class<?> type) {
    return type.getProtectionDomain().getCodeSource().getLocation();
  }

  /** The first argument has the bootstrap servers and the topic. */
  public static final class Creator
      implements BiFunction<List<String>, List<String>, List<String>> {
    @Override
    public List<String> apply(List<String> topic, List<String> unused) {
      try (Admin admin = Admin.create(Map.of("bootstrap.servers", topic.get(0)))) {
        admin
            .createTopics(List.of(new NewTopic(topic.get(1), PARTITIONS, (short) 1)))
            .all()
            .toCompletionStage()
            .toCompletableFuture()
            .join();
        return List.of();
      }
    }
  }

  /** Writes the second argument. */
  public static final class Writer implements BiFunction<List<String>, List<String>, List<String>> {
    @Override
    public List<String> apply(List<String> topic, List<String> values) {
      try (KafkaProducer<String, String> producer =
          new KafkaProducer<>(
              Map.of("bootstrap.servers", topic.get(0), "enable.idempotence", "false"),
              new StringSerializer(),
              new StringSerializer())) {
        List<Exception> failures = new ArrayList<>();
        values.forEach(
            value -> {
              var unused =
                  producer.send(
                      new ProducerRecord<>(topic.get(1), value),
                      (stored, failure) -> {
                        if (failure != null) {
                          failures.add(failure);
                        }
                      });
            });
        producer.flush();
        if (!failures.isEmpty()) {
          throw new IllegalStateException("could not write to " + topic, failures.get(0));
        }
        return List.of();
      }
    }
  }

  /** Reads up to the current end. */
  public static final class Reader implements BiFunction<List<String>, List<String>, List<String>> {
    @Override
    public List<String> apply(List<String> topic, List<String> unused) {
      try (KafkaConsumer<String, String> consumer =
          new KafkaConsumer<>(
              Map.of("bootstrap.servers", topic.get(0)),
              new StringDeserializer(),
              new StringDeserializer())) {
        List<TopicPartition> all = new ArrayList<>();
        for (int partition = 0; partition < PARTITIONS; partition++) {
          all.add(new TopicPartition(topic.get(1), partition));
        }
        consumer.assign(all);
        consumer.seekToBeginning(all);
        Map<TopicPartition, Long> ends = consumer.endOffsets(all);
        List<String> values = new ArrayList<>();
        while (ends.entrySet().stream()
            .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
          consumer.poll(Duration.ofMillis(200)).forEach(record -> values.add(record.value()));
        }
        return values;
      }
    }
  }
}

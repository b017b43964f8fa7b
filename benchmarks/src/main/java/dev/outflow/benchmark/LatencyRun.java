package dev.outflow.benchmark;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Sends a steady trickle of records and watches when they arrive. */
record LatencyRun(Place place, Topics topics, Starter starter, int seconds) {
  private static final int EACH_TICK = 10;
  private static final int TICK_MS = 10;
  private static final int WARM_UP_S = 25;

  Latency run(String name, String title, Workload workload, Peer... peers) throws Exception {
    String input = "trickle-" + name;
    topics.create(input, workload.partitions(), true);
    List<Runner> runners = new ArrayList<>();
    ScheduledExecutorService sending = Executors.newSingleThreadScheduledExecutor();
    ExecutorService reading = Executors.newCachedThreadPool();
    try (KafkaProducer<byte[], byte[]> producer = producer()) {
      RandomReadings readings = new RandomReadings(workload);
      Future<?> sender =
          sending.scheduleAtFixedRate(
              () -> send(producer, input, readings, workload), 0, TICK_MS, TimeUnit.MILLISECONDS);
      for (Peer peer : peers) {
        runners.add(starter.start(Contestant.of(peer, workload), new Inputs.Input(input, 0, 0)));
        System.out.print(" " + peer + " runs;");
      }
      Thread.sleep(WARM_UP_S * 1000L);
      List<Future<List<Long>>> watched = new ArrayList<>();
      for (Runner runner : runners) {
        watched.add(reading.submit(() -> watch(runner.outputs(), workload)));
      }
      List<Latency.Score> scores = new ArrayList<>();
      for (int i = 0; i < runners.size(); i++) {
        scores.add(Latency.Score.of(runners.get(i).contestant().label(), watched.get(i).get()));
      }
      System.out.println();
      if (sender.isDone()) {
        sender.get();
      }
      return new Latency(name, title, EACH_TICK * 1000 / TICK_MS, scores);
    } finally {
      sending.shutdownNow();
      reading.shutdownNow();
      for (Runner runner : runners) {
        runner.close();
      }
    }
  }

  private KafkaProducer<byte[], byte[]> producer() {
    return new KafkaProducer<>(
        Map.of("bootstrap.servers", place.kafka().broker().bootstrapServers(), "linger.ms", "0"),
        new ByteArraySerializer(),
        new ByteArraySerializer());
  }

  private static void send(
      KafkaProducer<byte[], byte[]> producer,
      String topic,
      RandomReadings readings,
      Workload workload) {
    try {
      ReadingCodec codec = workload.format().codec();
      for (int i = 0; i < EACH_TICK; i++) {
        Reading reading = readings.next(System.currentTimeMillis());
        Future<?> sent =
            producer.send(
                new ProducerRecord<>(topic, i % workload.partitions(), null, codec.input(reading)));
        if (sent.isDone()) {
          sent.get();
        }
      }
    } catch (Exception e) {
      throw new IllegalStateException("the trickle ends", e);
    }
  }

  /** Of each record that was sent after this began. */
  private List<Long> watch(List<String> outputs, Workload workload) throws Exception {
    List<Long> millis = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers",
                place.kafka().broker().bootstrapServers(),
                "isolation.level",
                "read_committed"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      List<TopicPartition> partitions = topics.partitions(outputs);
      consumer.assign(partitions);
      consumer.seekToEnd(partitions);
      partitions.forEach(consumer::position);
      long begin = System.currentTimeMillis();
      long end = begin + seconds * 1000L;
      while (System.currentTimeMillis() < end) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(50))) {
          long sent = sent(record, workload);
          if (sent >= begin) {
            millis.add(System.currentTimeMillis() - sent);
          }
        }
      }
    }
    return millis;
  }

  private static long sent(ConsumerRecord<byte[], byte[]> record, Workload workload)
      throws IOException {
    return workload.format().codec().read(record.value()).sent();
  }
}

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

/** Sends records at a low, constant rate and measures when they arrive. */
record LatencyRun(TestBed testBed, Topics topics, ContestantLauncher launcher, int seconds) {
  private static final int RECORDS_PER_TICK = 10;
  private static final int TICK_MS = 10;
  private static final int WARM_UP_S = 25;

  Latency run(String name, String title, Workload workload, Peer... peers) throws Exception {
    String input = "latency-" + name;
    topics.create(input, workload.partitions(), true);
    List<RunningContestant> runners = new ArrayList<>();
    ScheduledExecutorService sending = Executors.newSingleThreadScheduledExecutor();
    ExecutorService reading = Executors.newCachedThreadPool();
    try (KafkaProducer<byte[], byte[]> producer = producer()) {
      RandomReadings readings = new RandomReadings(workload);
      Future<?> sender =
          sending.scheduleAtFixedRate(
              () -> send(producer, input, readings, workload), 0, TICK_MS, TimeUnit.MILLISECONDS);
      for (Peer peer : peers) {
        runners.add(launcher.launch(Contestant.of(peer, workload), new Inputs.Input(input, 0, 0)));
        System.out.print(" " + peer + " is running;");
      }
      Thread.sleep(WARM_UP_S * 1000L);
      List<Future<List<Long>>> latencies = new ArrayList<>();
      for (RunningContestant runner : runners) {
        latencies.add(reading.submit(() -> measure(runner.outputs(), workload)));
      }
      List<Latency.Score> scores = new ArrayList<>();
      for (int i = 0; i < runners.size(); i++) {
        scores.add(Latency.Score.of(runners.get(i).contestant().label(), latencies.get(i).get()));
      }
      System.out.println();
      if (sender.isDone()) {
        sender.get();
      }
      return new Latency(name, title, RECORDS_PER_TICK * 1000 / TICK_MS, scores);
    } finally {
      sending.shutdownNow();
      reading.shutdownNow();
      for (RunningContestant runner : runners) {
        runner.close();
      }
    }
  }

  private KafkaProducer<byte[], byte[]> producer() {
    return new KafkaProducer<>(
        Map.of("bootstrap.servers", testBed.kafka().broker().bootstrapServers(), "linger.ms", "0"),
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
      for (int i = 0; i < RECORDS_PER_TICK; i++) {
        Reading reading = readings.next(System.currentTimeMillis());
        Future<?> sent =
            producer.send(
                new ProducerRecord<>(topic, i % workload.partitions(), null, codec.input(reading)));
        if (sent.isDone()) {
          sent.get();
        }
      }
    } catch (Exception e) {
      throw new IllegalStateException("sending records failed", e);
    }
  }

  /** Returns the latency of each record sent after this call. */
  private List<Long> measure(List<String> outputs, Workload workload) throws Exception {
    List<Long> millis = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers",
                testBed.kafka().broker().bootstrapServers(),
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

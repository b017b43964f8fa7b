package dev.outflow.benchmark;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** That the benchmarks work, and that they are fair; not how fast anything is. */
class BenchmarksE2ECase {
  private static final int COMPARED = 1000;
  private static final Workload WORKLOAD =
      Workload.BASE.with(Delivery.AT_LEAST_ONCE).withPartitions(1);

  @TempDir Path folder;

  @Test
  @Timeout(value = 10, unit = TimeUnit.MINUTES)
  void peersWriteTheSameBytesAndAllFiguresAreThere() throws Exception {
    try (Place place = Place.open(folder.resolve("place"));
        Admin admin = place.kafka().broker().admin()) {
      Topics topics = new Topics(admin, place.kafka().broker().bootstrapServers());
      Starter starter = new Starter(place, topics);
      Inputs.Input input = new Inputs(place, topics, 8).of(WORKLOAD);
      List<Outcome.Score> scores = new ArrayList<>();
      List<List<String>> written = new ArrayList<>();
      for (Peer peer : List.of(Peer.OUTFLOW, Peer.SQL, Peer.HAND_WRITTEN)) {
        try (Runner runner = starter.start(Contestant.of(peer, WORKLOAD), input)) {
          scores.add(runner.score(List.of(runner.turn(500))));
          written.add(written(runner, place));
        }
      }
      assertThat(written.get(1)).isEqualTo(written.get(0));
      assertThat(written.get(2)).isEqualTo(written.get(0));
      assertThat(scores).allSatisfy(BenchmarksE2ECase::hasAllFigures);

      new Results(Machine.here(), List.of(new Outcome("smoke", "smoke", scores)), List.of(), null)
          .write(folder);
    }
    assertThat(Results.read(folder).outcomes()).hasSize(1);
    assertThat(folder.resolve("results.md")).content().contains("| **smoke** | Outflow |");
    assertThat(folder.resolve("throughput.svg")).content().contains("smoke</text>");
  }

  private static void hasAllFigures(Outcome.Score score) {
    assertThat(score.recordsPerSecond()).isPositive();
    assertThat(score.cpuMicrosPerRecord()).isPositive();
    assertThat(score.allocatedPerRecord()).isPositive();
    assertThat(score.startUpSeconds()).isPositive();
    assertThat(score.liveBytes()).isPositive();
    assertThat(score.residentBytes()).isGreaterThan(score.liveBytes());
    assertThat(score.bytes()).isBetween(150.0, 250.0);
  }

  /** Keys and values of the first records. */
  private static List<String> written(Runner runner, Place place) throws Exception {
    List<String> records = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", place.kafka().broker().bootstrapServers()),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      consumer.assign(runner.topics().partitions(runner.outputs()));
      consumer.seekToBeginning(consumer.assignment());
      while (records.size() < COMPARED) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofSeconds(1))) {
          records.add(
              new String(record.key(), ISO_8859_1) + " " + new String(record.value(), ISO_8859_1));
        }
      }
    }
    return records.subList(0, COMPARED);
  }
}

package dev.outflow.kafka.silence;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** The watermarks of a subtask with two partitions of which the first one has sent a record. */
class SilenceWatermarksTest {
  private static final long NOW = 1_000_000;
  private static final long DISTANCE = 15_000;
  private static final long SILENT = NOW - PartitionProgress.CLOCK_TOLERANCE - DISTANCE - 1;

  private final SubtaskProgress progress = new SubtaskProgress();
  private final List<String> output = new ArrayList<>();
  private long elapsed;

  private SilenceWatermarks<Long> generator(Duration idleAfter) {
    return new SilenceWatermarks<>(
        new Times(), progress, new Silence(Duration.ofMillis(DISTANCE), idleAfter), () -> elapsed);
  }

  private void assign() {
    progress.assign(new TopicPartition("events", 0), 0, NOW);
    progress.assign(new TopicPartition("events", 1), 0, NOW);
  }

  private void receive(SilenceWatermarks<Long> generator, int partition, long time) {
    ConsumerRecord<byte[], byte[]> record =
        new ConsumerRecord<>("events", partition, 0, null, null);
    progress.emitting(record);
    generator.onEvent(time, time, emitted());
    progress.emitted(record, NOW);
  }

  private PartitionProgress partition(int number) {
    return progress.partitions().stream()
        .filter(partition -> partition.partition().partition() == number)
        .findAny()
        .orElseThrow();
  }

  private List<String> emittedBy(SilenceWatermarks<Long> generator) {
    output.clear();
    generator.onPeriodicEmit(emitted());
    return output;
  }

  @Test
  void silenceAdvancesTheWatermarkOfItsPartitionOnly() {
    assign();
    SilenceWatermarks<Long> first = generator(null);
    SilenceWatermarks<Long> second = generator(null);
    receive(first, 0, 900_000);
    receive(second, 1, 800_000);
    partition(0).confirmSilence(NOW);

    assertThat(emittedBy(first)).containsExactly("" + SILENT);
    assertThat(emittedBy(second)).containsExactly("800000");
  }

  @Test
  void recordAheadOfTheClockIsNotOverruledBySilence() {
    assign();
    SilenceWatermarks<Long> first = generator(null);
    receive(first, 0, 2_000_000);
    partition(0).confirmSilence(NOW);

    assertThat(emittedBy(first)).containsExactly("2000000");
  }

  @Test
  void partitionWithoutAnyRecordHoldsBackTheWatermarkUntilItsSilenceIsConfirmed() {
    assign();
    SilenceWatermarks<Long> first = generator(null);
    SilenceWatermarks<Long> unread = generator(null);
    receive(first, 0, 900_000);
    emittedBy(first);

    assertThat(emittedBy(unread)).isEmpty();
    partition(1).confirmSilence(NOW);
    assertThat(emittedBy(unread)).containsExactly("900000");
    partition(0).confirmSilence(NOW);
    assertThat(emittedBy(unread)).containsExactly("" + SILENT);
  }

  @Test
  void subtaskWithoutPartitionsHoldsBackTheWatermarkOnlyWhileItCanStillGetOne() {
    SilenceWatermarks<Long> generator = generator(null);
    SilenceWatermarks<Long> withIdleAfter = generator(Duration.ofSeconds(30));
    elapsed = 29_999;
    assertThat(emittedBy(withIdleAfter)).isEmpty();
    elapsed = SilenceWatermarks.UNASSIGNED - 1;
    assertThat(emittedBy(withIdleAfter)).containsExactly("idle");
    assertThat(emittedBy(generator)).isEmpty();
    elapsed = SilenceWatermarks.UNASSIGNED;
    assertThat(emittedBy(generator)).containsExactly("idle");

    progress.assign(new TopicPartition("events", 0), 0, NOW);
    progress.partitions().forEach(partition -> partition.confirmSilence(NOW));
    assertThat(emittedBy(generator)).containsExactly("" + SILENT);
  }

  @Test
  void generatorOfTheSourceLeavesTheWatermarkToThoseOfThePartitions() {
    progress.assign(new TopicPartition("events", 0), 0, NOW);
    SilenceWatermarks<Long> ofSource = generator(null);
    receive(generator(null), 0, 900_000);

    assertThat(emittedBy(ofSource)).containsExactly("idle");
  }

  @Test
  void idleAfterAppliesOnlyToPartitionsWhoseSilenceIsNotConfirmed() {
    assign();
    SilenceWatermarks<Long> first = generator(Duration.ofSeconds(30));
    receive(first, 0, 900_000);
    elapsed = 30_000;

    assertThat(emittedBy(first)).containsExactly("idle");
    partition(0).confirmSilence(NOW);
    assertThat(emittedBy(first)).containsExactly("" + SILENT);
    partition(0).unconfirmed();
    assertThat(emittedBy(first)).containsExactly("idle");
  }

  @Test
  void unconfirmedPartitionHoldsBackTheWatermarkWithoutIdleAfter() {
    assign();
    SilenceWatermarks<Long> first = generator(null);
    receive(first, 0, 900_000);
    elapsed = Duration.ofDays(1).toMillis();

    assertThat(emittedBy(first)).containsExactly("900000");
  }

  private WatermarkOutput emitted() {
    return new WatermarkOutput() {
      @Override
      public void emitWatermark(Watermark watermark) {
        output.add("" + watermark.getTimestamp());
      }

      @Override
      public void markIdle() {
        output.add("idle");
      }

      @Override
      public void markActive() {}
    };
  }

  private static final class Times implements WatermarkGenerator<Long> {
    private long latest = Long.MIN_VALUE;

    @Override
    public void onEvent(Long event, long timestamp, WatermarkOutput unused) {
      latest = Math.max(latest, event);
    }

    @Override
    public void onPeriodicEmit(WatermarkOutput watermarks) {
      if (latest != Long.MIN_VALUE) {
        watermarks.emitWatermark(new Watermark(latest));
      }
    }
  }
}

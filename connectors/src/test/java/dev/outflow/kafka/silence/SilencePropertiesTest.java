package dev.outflow.kafka.silence;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * For every stream of one partition with LogAppendTime: no record arrives before the time until
 * which the partition was silent. So a record within {@code late} of its arrival is never behind
 * the watermark that silence advanced. {@code -Dsilence.seed=N} runs only seed N.
 */
class SilencePropertiesTest {
  static LongStream seeds() {
    Long one = Long.getLong("silence.seed");
    return one != null ? LongStream.of(one) : LongStream.range(0, 300);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void noRecordThatAzureWouldCountIsLate(long seed) {
    Stream stream = new Stream(seed);
    for (int step = 0; step < 2000; step++) {
      stream.step();
    }
    assertThat(stream.emitted).as("the stream has records").isPositive();
  }

  /** The stream confirms its silence as soon as it is read to its end: it is not just stuck. */
  @ParameterizedTest
  @MethodSource("seeds")
  void silenceIsConfirmedOnceEverythingIsRead(long seed) {
    Stream stream = new Stream(seed);
    for (int step = 0; step < 200; step++) {
      stream.step();
    }
    stream.finish();
    assertThat(stream.progress.partitions().iterator().next().silentUntil())
        .isBetween(stream.now - 2 * PartitionProgress.CLOCK_TOLERANCE, stream.now);
  }

  /** Appends, reads, transactions, outages, restarts and questions in random order. */
  private static final class Stream {
    private final Random random;
    private final FakePartition broker = new FakePartition(TimestampType.LOG_APPEND_TIME);

    /** How far the broker's clock is ahead of this machine's; at most 1 s behind. */
    private final long skew;

    private SubtaskProgress progress;
    private SilenceProbe probe;
    private long now = 1_000_000;
    private boolean isOpen;
    private int emitted;

    Stream(long seed) {
      random = new Random(seed);
      skew = random.nextInt(3000) - 1000L;
      start(0);
    }

    void step() {
      now += random.nextInt(10) == 0 ? random.nextInt(30_000) : random.nextInt(700);
      switch (random.nextInt(12)) {
        case 0, 1 -> append();
        case 2 -> close();
        case 3, 4, 5, 6 -> read();
        case 7 -> broker.reachable = random.nextInt(3) > 0;
        case 8 -> {
          if (random.nextInt(20) == 0) {
            start(partition().next()); // As from a checkpoint.
          }
        }
        default -> probe.ask();
      }
    }

    void finish() {
      close();
      broker.reachable = true;
      while (read()) {}
      now += 10_000;
      probe.ask();
    }

    private void append() {
      if (random.nextBoolean()) {
        isOpen = true;
      }
      if (isOpen) {
        broker.appendOpen(now + skew);
      } else {
        broker.append(now + skew);
      }
    }

    private void close() {
      if (isOpen) {
        broker.commit();
        isOpen = false;
      }
    }

    private boolean read() {
      Optional<ConsumerRecord<byte[], byte[]>> record = broker.read(partition().next());
      record.ifPresent(
          found -> {
            assertThat(found.timestamp()).isGreaterThanOrEqualTo(partition().silentUntil());
            progress.emitting(found);
            progress.emitted(found, now);
            emitted++;
          });
      return record.isPresent();
    }

    private PartitionProgress partition() {
      return progress.partitions().iterator().next();
    }

    private void start(long offset) {
      progress = new SubtaskProgress();
      progress.assign(FakePartition.PARTITION, offset, now);
      InstantSource time = () -> Instant.ofEpochMilli(now);
      probe =
          new SilenceProbe("input 'events'", progress, () -> broker, time.withZone(ZoneOffset.UTC));
    }
  }
}

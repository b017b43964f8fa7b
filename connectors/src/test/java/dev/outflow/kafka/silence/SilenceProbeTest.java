package dev.outflow.kafka.silence;

import static dev.outflow.kafka.silence.PartitionProgress.CLOCK_TOLERANCE;
import static dev.outflow.kafka.silence.PartitionProgress.NONE;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When the time of a partition advances although nothing arrives, and when it must not. */
class SilenceProbeTest {
  private static final long START = 1_000_000;

  private final SubtaskProgress progress = new SubtaskProgress();
  private FakePartition broker = new FakePartition(TimestampType.LOG_APPEND_TIME);
  private long now = START;
  private SilenceProbe probe;

  @BeforeEach
  void connect() {
    InstantSource time = () -> Instant.ofEpochMilli(now);
    probe =
        new SilenceProbe("input 'events'", progress, () -> broker, time.withZone(ZoneOffset.UTC));
  }

  private void assign(long offset) {
    progress.assign(FakePartition.PARTITION, offset, now);
  }

  private PartitionProgress partition() {
    return progress.partitions().iterator().next();
  }

  /** Passes all records on that the source can read. */
  private void readAll() {
    while (true) {
      var record = broker.read(partition().next());
      if (record.isEmpty()) {
        return;
      }
      progress.emitting(record.get());
      progress.emitted(record.get(), now);
    }
  }

  private long silentUntilAfter(long millis) {
    now += millis;
    probe.ask();
    return partition().silentUntil();
  }

  @Test
  void timeOfASilentPartitionFollowsTheClock() {
    assign(0);
    broker.append(now);
    readAll();

    assertThat(silentUntilAfter(600)).isEqualTo(now - CLOCK_TOLERANCE);
    assertThat(silentUntilAfter(60_000)).isEqualTo(now - CLOCK_TOLERANCE);
  }

  @Test
  void doesNotAskAboutAPartitionThatJustSentARecord() {
    assign(0);
    broker.append(now);
    readAll();

    assertThat(silentUntilAfter(100)).isEqualTo(NONE);
  }

  @Test
  void backlogHoldsTimeBack() {
    assign(0);
    broker.append(now);
    readAll();
    broker.append(now);

    assertThat(silentUntilAfter(60_000)).isEqualTo(NONE);
    readAll();
    assertThat(silentUntilAfter(600)).isEqualTo(now - CLOCK_TOLERANCE);
  }

  @Test
  void backlogAfterARestartHoldsTimeBack() {
    broker.append(now);
    broker.append(now);
    now += 3_600_000;
    assign(1);

    assertThat(silentUntilAfter(60_000)).isEqualTo(NONE);
  }

  @Test
  void timeAdvancesAfterARestartWithoutBacklog() {
    broker.append(now);
    now += 3_600_000;
    assign(1);

    assertThat(silentUntilAfter(0)).isEqualTo(now - CLOCK_TOLERANCE);
  }

  @Test
  void unreachableBrokerHoldsTimeBack() {
    assign(0);
    broker.append(now);
    readAll();
    long before = silentUntilAfter(600);
    broker.reachable = false;

    assertThat(silentUntilAfter(60_000)).isEqualTo(before);
    assertThat(partition().isConfirmed()).isFalse();
    broker.append(now); // Written to the leader while only this machine cannot reach it.
    broker.reachable = true;
    assertThat(silentUntilAfter(60_000)).isEqualTo(before);
    readAll();
    assertThat(silentUntilAfter(600)).isEqualTo(now - CLOCK_TOLERANCE);
  }

  @Test
  void openTransactionHoldsTimeBackUntilItsRecordsAreRead() {
    assign(0);
    broker.append(now);
    readAll();
    broker.appendOpen(now);

    assertThat(silentUntilAfter(60_000)).isEqualTo(NONE);
    broker.commit();
    assertThat(silentUntilAfter(600)).isEqualTo(NONE);
    readAll();
    assertThat(silentUntilAfter(600)).isEqualTo(now - CLOCK_TOLERANCE);
  }

  @Test
  void markersOfTransactionsAreReadOnce() {
    assign(0);
    broker.append(now);
    broker.commit();
    readAll();

    for (int i = 0; i < 5; i++) {
      assertThat(silentUntilAfter(600)).isEqualTo(now - CLOCK_TOLERANCE);
    }
    assertThat(broker.fetches).isEqualTo(1);
  }

  @Test
  void brokerWithASlowClockIsRecognizedByItsFirstRecord() {
    assign(0);
    broker.append(now - 5000);
    readAll();
    silentUntilAfter(600);
    broker.append(now - 5000);
    readAll();

    assertThat(silentUntilAfter(60_000)).isEqualTo(now - 5000);
  }

  @Test
  void createTimeContinuesAtTheDelayOfTheLastRecord() {
    broker = new FakePartition(TimestampType.CREATE_TIME);
    broker.append(now - 86_400_000); // A backlog says nothing about the delay.
    assign(0);
    silentUntilAfter(0);
    readAll();
    broker.append(now - 7000);
    readAll();

    assertThat(silentUntilAfter(60_000)).isEqualTo(now - 7000);
  }
}

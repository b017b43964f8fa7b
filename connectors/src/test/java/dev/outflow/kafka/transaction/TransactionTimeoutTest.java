package dev.outflow.kafka.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TransactionTimeoutTest {
  private static final Optional<Duration> NOT_CONFIGURED = Optional.empty();
  private static final CheckpointTimes EVERY_10_S =
      new CheckpointTimes(Duration.ofSeconds(10), Duration.ofMinutes(10));
  private static final CheckpointTimes EVERY_30_MIN =
      new CheckpointTimes(Duration.ofMinutes(30), Duration.ofMinutes(10));

  @Test
  void defaultsToTheBrokersMaximum() {
    assertThat(chosen(EVERY_10_S, Duration.ofMinutes(20))).isEqualTo(Duration.ofMinutes(20));
  }

  @Test
  void defaultsToAtMostAnHourUnlessCheckpointsNeedMore() {
    assertThat(chosen(EVERY_10_S, Duration.ofDays(7))).isEqualTo(Duration.ofHours(1));
    assertThat(
            chosen(
                new CheckpointTimes(Duration.ofHours(2), Duration.ofMinutes(1)),
                Duration.ofDays(7)))
        .isEqualTo(Duration.ofMinutes(121));
  }

  @Test
  void assumesKafkasDefaultMaximumIfTheBrokersIsUnknown() {
    TransactionTimeout timeout =
        TransactionTimeout.choose(NOT_CONFIGURED, EVERY_10_S, Optional.empty());

    assertThat(timeout.value()).isEqualTo(Duration.ofMinutes(15));
    assertThat(timeout)
        .hasToString(
            "exactly-once; downtime of up to 290 s loses no data (transaction timeout 900 s,"
                + " assuming the broker's default maximum, minus checkpoint interval 10 s and"
                + " timeout 600 s)");
  }

  @Test
  void maxSafeDowntimeIsTheTimeoutMinusTheCheckpoints() {
    TransactionTimeout timeout =
        TransactionTimeout.choose(
            Optional.of(Duration.ofSeconds(700)), EVERY_10_S, Optional.of(Duration.ofMinutes(15)));

    assertThat(timeout.maxSafeDowntime()).isEqualTo(Duration.ofSeconds(90));
    assertThat(timeout.problem()).isEmpty();
    assertThat(timeout)
        .hasToString(
            "exactly-once; downtime of up to 90 s loses no data (transaction timeout 700 s minus"
                + " checkpoint interval 10 s and timeout 600 s)");
  }

  @Test
  void rejectsCheckpointsThatExceedTheTimeoutAndShowsTheCalculation() {
    TransactionTimeout timeout =
        TransactionTimeout.choose(
            NOT_CONFIGURED, EVERY_30_MIN, Optional.of(Duration.ofMinutes(15)));

    assertThat(timeout.problem().orElseThrow())
        .hasToString(
            "delivery-guarantee: exactly-once keeps transactions open for up to 2400 s (checkpoint"
                + " interval 1800 s + timeout 600 s), but Kafka aborts them after 900 s; lower"
                + " 'execution.checkpointing.interval' or 'execution.checkpointing.timeout', or"
                + " raise 'kafka.transaction.timeout.ms' and the broker's"
                + " 'transaction.max.timeout.ms'");
  }

  @Test
  void rejectsATimeoutAboveTheBrokersMaximum() {
    TransactionTimeout timeout =
        TransactionTimeout.choose(
            Optional.of(Duration.ofHours(1)), EVERY_10_S, Optional.of(Duration.ofMinutes(15)));

    assertThat(timeout.problem().orElseThrow())
        .hasToString(
            "kafka.transaction.timeout.ms: 3600000 ms exceeds the broker's"
                + " 'transaction.max.timeout.ms' (900000 ms); lower it or raise the broker's"
                + " limit");
  }

  private static Duration chosen(CheckpointTimes checkpoints, Duration brokerMaximum) {
    return TransactionTimeout.choose(NOT_CONFIGURED, checkpoints, Optional.of(brokerMaximum))
        .value();
  }
}

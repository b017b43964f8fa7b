package dev.outflow.kafka.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TransactionTimeoutTest {
  private static final Optional<Duration> NOT_WRITTEN = Optional.empty();
  private static final CheckpointTimes EVERY_10_S =
      new CheckpointTimes(Duration.ofSeconds(10), Duration.ofMinutes(10));
  private static final CheckpointTimes EVERY_30_MIN =
      new CheckpointTimes(Duration.ofMinutes(30), Duration.ofMinutes(10));

  @Test
  void aTransactionStaysOpenForAsLongAsTheBrokerAllows() {
    assertThat(chosen(EVERY_10_S, Duration.ofMinutes(20))).isEqualTo(Duration.ofMinutes(20));
  }

  @Test
  void butForNoMoreThanAnHourUnlessTheCheckpointsNeedIt() {
    assertThat(chosen(EVERY_10_S, Duration.ofDays(7))).isEqualTo(Duration.ofHours(1));
    assertThat(
            chosen(
                new CheckpointTimes(Duration.ofHours(2), Duration.ofMinutes(1)),
                Duration.ofDays(7)))
        .isEqualTo(Duration.ofMinutes(121));
  }

  @Test
  void aBrokerThatDoesNotTellIsTakenToAllowWhatBrokersAllowByDefault() {
    TransactionTimeout timeout =
        TransactionTimeout.choose(NOT_WRITTEN, EVERY_10_S, Optional.empty());

    assertThat(timeout.value()).isEqualTo(Duration.ofMinutes(15));
    assertThat(timeout)
        .hasToString(
            "exactly-once; a stop of up to 290 s loses nothing (Kafka aborts a transaction after"
                + " 900 s, assumed: the broker does not tell, less a checkpoint every 10 s that may"
                + " take 600 s)");
  }

  @Test
  void theLongestSafeStopIsWhatTheCheckpointsLeave() {
    TransactionTimeout timeout =
        TransactionTimeout.choose(
            Optional.of(Duration.ofSeconds(700)), EVERY_10_S, Optional.of(Duration.ofMinutes(15)));

    assertThat(timeout.longestSafeStop()).isEqualTo(Duration.ofSeconds(90));
    assertThat(timeout.problem()).isEmpty();
    assertThat(timeout)
        .hasToString(
            "exactly-once; a stop of up to 90 s loses nothing (Kafka aborts a transaction after"
                + " 700 s, less a checkpoint every 10 s that may take 600 s)");
  }

  @Test
  void checkpointsThatDoNotFitAreRefusedWithTheArithmetic() {
    TransactionTimeout timeout =
        TransactionTimeout.choose(NOT_WRITTEN, EVERY_30_MIN, Optional.of(Duration.ofMinutes(15)));

    assertThat(timeout.problem().orElseThrow())
        .hasToString(
            "delivery-guarantee: exactly-once needs transactions that stay open for 2400 s (a"
                + " checkpoint every 1800 s, each of which may take 600 s), but Kafka aborts them"
                + " after 900 s; shorten 'execution.checkpointing.interval' or"
                + " 'execution.checkpointing.timeout', or raise 'kafka.transaction.timeout.ms' and"
                + " the broker's 'transaction.max.timeout.ms'");
  }

  @Test
  void aTimeoutThatTheBrokerWouldRefuseIsRefusedFirst() {
    TransactionTimeout timeout =
        TransactionTimeout.choose(
            Optional.of(Duration.ofHours(1)), EVERY_10_S, Optional.of(Duration.ofMinutes(15)));

    assertThat(timeout.problem().orElseThrow())
        .hasToString(
            "kafka.transaction.timeout.ms: 3600000 ms is more than the broker allows (its"
                + " 'transaction.max.timeout.ms' is 900000 ms)");
  }

  private static Duration chosen(CheckpointTimes checkpoints, Duration brokerMaximum) {
    return TransactionTimeout.choose(NOT_WRITTEN, checkpoints, Optional.of(brokerMaximum)).value();
  }
}

package dev.outflow.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outflow.kafka.retention.TopicRetention;
import dev.outflow.kafka.transaction.CheckpointTimes;
import dev.outflow.kafka.transaction.TransactionTimeout;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class SafeDowntimeTest {
  private static final TransactionTimeout TRANSACTIONS =
      TransactionTimeout.choose(
          Optional.of(Duration.ofSeconds(900)),
          new CheckpointTimes(Duration.ofSeconds(10), Duration.ofSeconds(600)),
          Optional.empty());

  @Test
  void isTheShortestOfTransactionsAndRetention() {
    SafeDowntime downtime =
        new SafeDowntime(
            Map.of("large", TRANSACTIONS),
            Map.of("orders", retention(604_800), "returns", retention(60)));
    assertThat(downtime.limit()).contains(Duration.ofSeconds(60));
    assertThat(downtime)
        .hasToString(
            "the job may be down for up to 60 s without losing data (retention of returns 60 s, transactions of large 290 s, retention of orders 604800 s)");
  }

  @Test
  void namesWhatIsUnknown() {
    SafeDowntime downtime =
        new SafeDowntime(
            Map.of("large", TRANSACTIONS), Map.of("orders", TopicRetention.unknown("refused")));
    assertThat(downtime)
        .hasToString(
            "the job may be down for up to 290 s without losing data (transactions of large 290 s); unknown: retention of orders");
  }

  @Test
  void hasNoLimitWithoutTransactionsAndRetention() {
    SafeDowntime downtime =
        new SafeDowntime(
            Map.of(),
            Map.of("orders", new TopicRetention(Optional.empty(), "", OptionalLong.empty())));
    assertThat(downtime.limit()).isEmpty();
    assertThat(downtime).hasToString("the maximum safe downtime is unknown");
  }

  private static TopicRetention retention(long seconds) {
    return new TopicRetention(Optional.of(Duration.ofSeconds(seconds)), "", OptionalLong.empty());
  }
}

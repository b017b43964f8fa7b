package dev.outflow.kafka.transaction;

import dev.outflow.option.OptionProblem;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.kafka.clients.producer.ProducerConfig;

/**
 * How long Kafka keeps a transaction open before it aborts it (the producer's {@code
 * transaction.timeout.ms}), and so how long a job may stand still without losing records.
 *
 * @param value the timeout
 * @param checkpoints how long a running job needs
 * @param brokerMaximum the broker's {@code transaction.max.timeout.ms}, if it tells
 */
public record TransactionTimeout(
    Duration value, CheckpointTimes checkpoints, Optional<Duration> brokerMaximum) {
  /** The property by which a user decides it. */
  public static final String PROPERTY = "kafka.transaction.timeout.ms";

  /** The broker's default for {@code transaction.max.timeout.ms}, and Event Hubs' only value. */
  private static final Duration USUAL_MAXIMUM = Duration.ofMinutes(15);

  /** Flink's own default: readers wait as long for what a job left open that never came back. */
  private static final Duration LONG_ENOUGH = Duration.ofHours(1);

  /** What a user wrote for {@code transaction.timeout.ms}, if anything. */
  public static Optional<Duration> written(Map<?, ?> properties) {
    return Optional.ofNullable(properties.get(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG))
        .map(
            milliseconds ->
                Duration.ofMillis(Long.parseLong(String.valueOf(milliseconds).strip())));
  }

  /** What was written, or else as long as the broker allows, up to an hour or what is needed. */
  public static TransactionTimeout choose(
      Optional<Duration> written, CheckpointTimes checkpoints, Optional<Duration> brokerMaximum) {
    Duration wanted = longer(LONG_ENOUGH, checkpoints.longestTransaction());
    Duration allowed = brokerMaximum.orElse(USUAL_MAXIMUM);
    return new TransactionTimeout(
        written.orElse(wanted.compareTo(allowed) < 0 ? wanted : allowed),
        checkpoints,
        brokerMaximum);
  }

  /**
   * How long a job may stand still between a checkpoint and its commit without losing a record:
   * what the timeout leaves after the longest time that a transaction is open in any case.
   */
  public Duration longestSafeStop() {
    return value.minus(checkpoints.longestTransaction());
  }

  /** Why this cannot work, if it cannot. */
  public Optional<OptionProblem> problem() {
    if (brokerMaximum.filter(maximum -> value.compareTo(maximum) > 0).isPresent()) {
      return Optional.of(
          new OptionProblem(
              PROPERTY,
              "%d ms is more than the broker allows (its 'transaction.max.timeout.ms' is %d ms)"
                  .formatted(value.toMillis(), brokerMaximum.get().toMillis())));
    }
    if (longestSafeStop().isNegative()) {
      return Optional.of(
          new OptionProblem(
              "delivery-guarantee",
              ("exactly-once needs transactions that stay open for %d s (a checkpoint every %d s,"
                      + " each of which may take %d s), but Kafka aborts them after %d s; shorten"
                      + " '%s' or '%s', or raise '%s' and the broker's 'transaction.max.timeout.ms'")
                  .formatted(
                      checkpoints.longestTransaction().toSeconds(),
                      checkpoints.interval().toSeconds(),
                      checkpoints.timeout().toSeconds(),
                      value.toSeconds(),
                      CheckpointingOptions.CHECKPOINTING_INTERVAL.key(),
                      CheckpointingOptions.CHECKPOINTING_TIMEOUT.key(),
                      PROPERTY)));
    }
    return Optional.empty();
  }

  /** For an operator: the longest safe stop and where it comes from. */
  @Override
  public String toString() {
    return "exactly-once; a stop of up to %d s loses nothing (Kafka aborts a transaction after %d s%s, less a checkpoint every %d s that may take %d s)"
        .formatted(
            longestSafeStop().toSeconds(),
            value.toSeconds(),
            brokerMaximum.isPresent() ? "" : ", assumed: the broker does not tell",
            checkpoints.interval().toSeconds(),
            checkpoints.timeout().toSeconds());
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? other : one;
  }
}

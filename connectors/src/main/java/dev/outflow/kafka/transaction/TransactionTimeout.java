package dev.outflow.kafka.transaction;

import dev.outflow.option.OptionProblem;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.kafka.clients.producer.ProducerConfig;

/**
 * The time after which Kafka aborts an open transaction (the producer's {@code
 * transaction.timeout.ms}), and so how long a job can be down without losing records.
 *
 * @param value the timeout
 * @param checkpoints the job's checkpoint settings
 * @param brokerMaximum the broker's {@code transaction.max.timeout.ms}, if known
 */
public record TransactionTimeout(
    Duration value, CheckpointTimes checkpoints, Optional<Duration> brokerMaximum) {
  /** The option that sets it. */
  public static final String PROPERTY = "kafka.transaction.timeout.ms";

  /** The broker's default for {@code transaction.max.timeout.ms}, and Event Hubs' fixed value. */
  private static final Duration DEFAULT_MAXIMUM = Duration.ofMinutes(15);

  /**
   * Flink's default. Consumers wait as long for the transactions of a job that never comes back.
   */
  private static final Duration PREFERRED = Duration.ofHours(1);

  /** Returns the configured {@code transaction.timeout.ms}, if any. */
  public static Optional<Duration> configured(Map<?, ?> properties) {
    return Optional.ofNullable(properties.get(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG))
        .map(
            milliseconds ->
                Duration.ofMillis(Long.parseLong(String.valueOf(milliseconds).strip())));
  }

  /**
   * Returns the configured timeout, or else an hour, or longer if checkpoints need it, limited by
   * the broker's maximum.
   */
  public static TransactionTimeout choose(
      Optional<Duration> configured,
      CheckpointTimes checkpoints,
      Optional<Duration> brokerMaximum) {
    Duration wanted = longer(PREFERRED, checkpoints.longestTransaction());
    Duration allowed = brokerMaximum.orElse(DEFAULT_MAXIMUM);
    return new TransactionTimeout(
        configured.orElse(wanted.compareTo(allowed) < 0 ? wanted : allowed),
        checkpoints,
        brokerMaximum);
  }

  /**
   * How long a job can be down between a checkpoint and its commit without losing a record: the
   * timeout minus the maximum time that a transaction is open in normal operation.
   */
  public Duration maxSafeDowntime() {
    return value.minus(checkpoints.longestTransaction());
  }

  /** Returns why this timeout is impossible, if it is. */
  public Optional<OptionProblem> problem() {
    if (brokerMaximum.filter(maximum -> value.compareTo(maximum) > 0).isPresent()) {
      return Optional.of(
          new OptionProblem(
              PROPERTY,
              "%d ms exceeds the broker's 'transaction.max.timeout.ms' (%d ms); lower it or raise the broker's limit"
                  .formatted(value.toMillis(), brokerMaximum.get().toMillis())));
    }
    if (maxSafeDowntime().isNegative()) {
      return Optional.of(
          new OptionProblem(
              "delivery-guarantee",
              ("exactly-once keeps transactions open for up to %d s (checkpoint interval %d s +"
                      + " timeout %d s), but Kafka aborts them after %d s; lower '%s' or '%s', or"
                      + " raise '%s' and the broker's 'transaction.max.timeout.ms'")
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

  /** The maximum safe downtime and how it is calculated, for operators. */
  @Override
  public String toString() {
    return "exactly-once; downtime of up to %d s loses no data (transaction timeout %d s%s minus checkpoint interval %d s and timeout %d s)"
        .formatted(
            maxSafeDowntime().toSeconds(),
            value.toSeconds(),
            brokerMaximum.isPresent() ? "" : ", assuming the broker's default maximum,",
            checkpoints.interval().toSeconds(),
            checkpoints.timeout().toSeconds());
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? other : one;
  }
}

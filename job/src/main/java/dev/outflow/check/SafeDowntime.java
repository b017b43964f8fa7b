package dev.outflow.check;

import static java.util.stream.Collectors.joining;

import dev.outflow.kafka.retention.TopicRetention;
import dev.outflow.kafka.transaction.TransactionTimeout;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How long a job may be down without losing data: as long as the shortest limit of its inputs and
 * outputs.
 *
 * @param transactions the transaction timeouts of exactly-once outputs and of inputs' dead letters,
 *     by name
 * @param retentions the retention of each topic that is read: {@code orders: topic 'orders-eu'}
 */
public record SafeDowntime(
    Map<String, TransactionTimeout> transactions, Map<String, TopicRetention> retentions) {
  private static final int LISTED = 5;

  /** A limit and where it comes from. */
  private record Limit(Duration time, String origin) {
    @Override
    public String toString() {
      return "%s %d s".formatted(origin, time.toSeconds());
    }
  }

  public SafeDowntime {
    transactions = Map.copyOf(transactions);
    retentions = Map.copyOf(retentions);
  }

  /** Returns the shortest limit that is known; empty if there is none. */
  public Optional<Duration> limit() {
    return limits().stream().findFirst().map(Limit::time);
  }

  private List<Limit> limits() {
    List<Limit> limits = new ArrayList<>();
    transactions.forEach(
        (name, timeout) ->
            limits.add(new Limit(timeout.maxSafeDowntime(), "transactions of " + name)));
    retentions.forEach(
        (name, retention) ->
            retention
                .limit()
                .ifPresent(limit -> limits.add(new Limit(limit, "retention of " + name))));
    limits.sort(Comparator.comparing(Limit::time).thenComparing(Limit::origin));
    return limits;
  }

  /** {@code the job may be down for up to 290 s without losing data (transactions of ...)}. */
  @Override
  public String toString() {
    List<Limit> limits = limits();
    String unknown =
        retentions.entrySet().stream()
            .filter(retention -> !retention.getValue().isKnown())
            .map(Map.Entry::getKey)
            .sorted()
            .limit(LISTED)
            .collect(joining(", "));
    String known =
        limits.isEmpty()
            ? "the maximum safe downtime is unknown"
            : "the job may be down for up to %d s without losing data (%s)"
                .formatted(
                    limits.get(0).time().toSeconds(),
                    limits.stream().limit(LISTED).map(Limit::toString).collect(joining(", ")));
    return unknown.isEmpty() ? known : "%s; unknown: retention of %s".formatted(known, unknown);
  }
}

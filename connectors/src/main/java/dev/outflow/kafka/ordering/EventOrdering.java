package dev.outflow.kafka.ordering;

import java.io.Serializable;
import java.time.Duration;

/**
 * The event ordering of an input: how far event time may deviate from arrival time, which is the
 * timestamp of the Kafka record, and from preceding events.
 *
 * @param late the maximum delay behind arrival; null for no limit
 * @param outOfOrder the maximum delay behind the partition's time, see {@link PartitionClock}
 * @param policy applied to records outside these bounds
 */
public record EventOrdering(Duration late, Duration outOfOrder, OrderingPolicy policy)
    implements Serializable {
  /** The maximum lead over arrival time, fixed as in Azure Stream Analytics. */
  public static final Duration EARLY = Duration.ofMinutes(5);

  public EventOrdering {
    if ((late != null && late.isNegative()) || outOfOrder.isNegative()) {
      throw new IllegalArgumentException("event ordering bounds must not be negative");
    }
  }
}

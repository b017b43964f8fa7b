package dev.outflow.kafka.ordering;

import java.io.Serializable;
import java.time.Duration;

/**
 * How far the time of an event may be from its arrival, which is the timestamp of its Kafka record,
 * and from the events before it.
 *
 * @param late how far behind arrival it may be; null if that does not matter
 * @param outOfOrder how far behind its partition it may be, see {@link PartitionClock}
 * @param policy what becomes of records that are further away
 */
public record EventOrdering(Duration late, Duration outOfOrder, OrderingPolicy policy)
    implements Serializable {
  /** How far ahead of arrival an event may be; Azure Stream Analytics has this fixed. */
  public static final Duration EARLY = Duration.ofMinutes(5);

  public EventOrdering {
    if ((late != null && late.isNegative()) || outOfOrder.isNegative()) {
      throw new IllegalArgumentException("a bound of event time is negative");
    }
  }
}

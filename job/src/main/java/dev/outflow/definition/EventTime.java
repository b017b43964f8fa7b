package dev.outflow.definition;

import static dev.outflow.kafka.ordering.EventTimeOptions.IDLE_AFTER;
import static dev.outflow.kafka.ordering.EventTimeOptions.LATE;
import static dev.outflow.kafka.ordering.EventTimeOptions.OUT_OF_ORDER;
import static dev.outflow.kafka.ordering.EventTimeOptions.POLICY;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.outflow.kafka.ordering.OrderingPolicy;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.configuration.Configuration;

/**
 * Which column says when a thing happened, and how far that may be from when it arrived.
 *
 * @param column a column of type TIMESTAMP or TIMESTAMP_LTZ
 * @param late how far behind its arrival a record may be
 * @param outOfOrder how long to wait for records that are out of order
 * @param policy what becomes of records that are further away
 * @param idleAfter how long a partition without records holds time back; for ever if absent
 */
public record EventTime(
    String column,
    Optional<Duration> late,
    Duration outOfOrder,
    Optional<OrderingPolicy> policy,
    Optional<Duration> idleAfter) {

  /** From the words of job.yaml; durations are written as Flink's: {@code 5 s}, {@code 2 min}. */
  @JsonCreator
  static EventTime of(
      @JsonProperty("column") String column,
      @JsonProperty("late") Optional<String> late,
      @JsonProperty("out-of-order") Optional<String> outOfOrder,
      @JsonProperty("policy") Optional<String> policy,
      @JsonProperty("idle-after") Optional<String> idleAfter) {
    Map<String, String> written = new HashMap<>();
    late.ifPresent(it -> written.put(LATE.key(), it));
    outOfOrder.ifPresent(it -> written.put(OUT_OF_ORDER.key(), it));
    policy.ifPresent(it -> written.put(POLICY.key(), it));
    idleAfter.ifPresent(it -> written.put(IDLE_AFTER.key(), it));
    Configuration options = Configuration.fromMap(written);
    return new EventTime(
        column,
        options.getOptional(LATE),
        options.get(OUT_OF_ORDER),
        options.getOptional(POLICY),
        options.getOptional(IDLE_AFTER));
  }

  /** As far as every connector can: a watermark that waits for records that are out of order. */
  public static EventTime watermark(String column, Duration outOfOrder) {
    return new EventTime(column, Optional.empty(), outOfOrder, Optional.empty(), Optional.empty());
  }

  /** Whether times are adjusted, or records dropped, by the rules of Azure Stream Analytics. */
  public boolean isOrdered() {
    return late.isPresent() || policy.isPresent();
  }

  /** What of it only Kafka inputs can do: their options by name. */
  public Map<String, String> options() {
    Map<String, String> options = new LinkedHashMap<>();
    late.ifPresent(it -> options.put(LATE.key(), text(it)));
    if (isOrdered()) {
      options.put(OUT_OF_ORDER.key(), text(outOfOrder));
    }
    policy.ifPresent(it -> options.put(POLICY.key(), it.toString()));
    idleAfter.ifPresent(it -> options.put(IDLE_AFTER.key(), text(it)));
    return options;
  }

  /** As written: {@code placed_at, late 15 s, out-of-order 8 s, policy adjust}. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(column);
    late.ifPresent(it -> text.append(", late ").append(text(it)));
    text.append(", out-of-order ").append(text(outOfOrder));
    if (isOrdered()) {
      text.append(", policy ").append(policy.orElse(POLICY.defaultValue()));
    }
    idleAfter.ifPresent(it -> text.append(", idle-after ").append(text(it)));
    return text.toString();
  }

  private static String text(Duration time) {
    return time.toMillisPart() == 0 ? time.toSeconds() + " s" : time.toMillis() + " ms";
  }
}

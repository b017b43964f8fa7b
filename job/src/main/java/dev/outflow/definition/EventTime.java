package dev.outflow.definition;

import static dev.outflow.kafka.ordering.EventTimeOptions.IDLE_ADVANCE;
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
 * The event time of an input: its column, and how records that arrive late or out of order are
 * treated.
 *
 * @param column a column of type TIMESTAMP or TIMESTAMP_LTZ
 * @param late how far the event time of a record can be behind its arrival
 * @param outOfOrder how long to wait for records that are out of order
 * @param policy how to treat records that are later or further out of order
 * @param idleAfter how long a partition without records holds back the watermark; forever if empty
 * @param idleAdvance whether the time of a partition without records advances with the clock; if
 *     empty, only with {@code late}
 */
public record EventTime(
    String column,
    Optional<Duration> late,
    Duration outOfOrder,
    Optional<OrderingPolicy> policy,
    Optional<Duration> idleAfter,
    Optional<Boolean> idleAdvance) {

  /** Parses the properties of job.yaml; durations are written as in Flink: {@code 5 s}. */
  @JsonCreator
  static EventTime of(
      @JsonProperty("column") String column,
      @JsonProperty("late") Optional<String> late,
      @JsonProperty("out-of-order") Optional<String> outOfOrder,
      @JsonProperty("policy") Optional<String> policy,
      @JsonProperty("idle-after") Optional<String> idleAfter,
      @JsonProperty("idle-advance") Optional<Boolean> idleAdvance) {
    Map<String, String> written = new HashMap<>();
    late.ifPresent(value -> written.put(LATE.key(), value));
    outOfOrder.ifPresent(value -> written.put(OUT_OF_ORDER.key(), value));
    policy.ifPresent(value -> written.put(POLICY.key(), value));
    idleAfter.ifPresent(value -> written.put(IDLE_AFTER.key(), value));
    Configuration options = Configuration.fromMap(written);
    return new EventTime(
        column,
        options.getOptional(LATE),
        options.get(OUT_OF_ORDER),
        options.getOptional(POLICY),
        options.getOptional(IDLE_AFTER),
        idleAdvance);
  }

  /** Returns a plain watermark with a bounded delay, which every connector supports. */
  public static EventTime watermark(String column, Duration outOfOrder) {
    return new EventTime(
        column, Optional.empty(), outOfOrder, Optional.empty(), Optional.empty(), Optional.empty());
  }

  /** Returns whether the event ordering of Azure Stream Analytics adjusts or drops records. */
  public boolean isOrdered() {
    return late.isPresent() || policy.isPresent();
  }

  /** Returns the options of Kafka inputs that no other connector supports. */
  public Map<String, String> options() {
    Map<String, String> options = new LinkedHashMap<>();
    late.ifPresent(delay -> options.put(LATE.key(), text(delay)));
    if (isOrdered()) {
      options.put(OUT_OF_ORDER.key(), text(outOfOrder));
    }
    policy.ifPresent(value -> options.put(POLICY.key(), value.toString()));
    idleAfter.ifPresent(time -> options.put(IDLE_AFTER.key(), text(time)));
    idleAdvance.ifPresent(value -> options.put(IDLE_ADVANCE.key(), value.toString()));
    return options;
  }

  /** Returns for example {@code placed_at, late 15 s, out-of-order 8 s, policy adjust}. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(column);
    late.ifPresent(delay -> text.append(", late ").append(text(delay)));
    text.append(", out-of-order ").append(text(outOfOrder));
    if (isOrdered()) {
      text.append(", policy ").append(policy.orElse(POLICY.defaultValue()));
    }
    idleAfter.ifPresent(time -> text.append(", idle-after ").append(text(time)));
    if (idleAdvance.isPresent() || late.isPresent()) {
      text.append(", idle-advance ").append(idleAdvance.orElse(true));
    }
    return text.toString();
  }

  private static String text(Duration time) {
    return time.toMillisPart() == 0 ? time.toSeconds() + " s" : time.toMillis() + " ms";
  }
}

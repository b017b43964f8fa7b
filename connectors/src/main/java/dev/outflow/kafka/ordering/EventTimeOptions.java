package dev.outflow.kafka.ordering;

import dev.outflow.kafka.silence.Silence;
import dev.outflow.option.OptionReader;
import java.time.Duration;
import java.util.List;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;

/** The event-time options of {@code 'connector' = 'kafka-input'}. */
public final class EventTimeOptions {
  public static final ConfigOption<Duration> LATE =
      ConfigOptions.key("event-time.late").durationType().noDefaultValue();

  public static final ConfigOption<Duration> OUT_OF_ORDER =
      ConfigOptions.key("event-time.out-of-order").durationType().defaultValue(Duration.ZERO);

  public static final ConfigOption<OrderingPolicy> POLICY =
      ConfigOptions.key("event-time.policy")
          .enumType(OrderingPolicy.class)
          .defaultValue(OrderingPolicy.ADJUST);

  public static final ConfigOption<Duration> IDLE_AFTER =
      ConfigOptions.key("event-time.idle-after").durationType().noDefaultValue();

  /** By default true with {@link #LATE}, false without. */
  public static final ConfigOption<Boolean> IDLE_ADVANCE =
      ConfigOptions.key("event-time.idle-advance").booleanType().noDefaultValue();

  /** All event-time options. */
  public static final List<ConfigOption<?>> OPTIONS =
      List.of(LATE, OUT_OF_ORDER, POLICY, IDLE_AFTER, IDLE_ADVANCE);

  private static final List<ConfigOption<?>> ORDERING_OPTIONS = List.of(LATE, OUT_OF_ORDER, POLICY);

  private EventTimeOptions() {}

  /** Reads them; invalid values are rejected through {@code reader}. */
  public static EventTimeSettings read(OptionReader reader) {
    Duration late = duration(reader, LATE);
    Duration outOfOrder = duration(reader, OUT_OF_ORDER);
    Duration idleAfter = duration(reader, IDLE_AFTER);
    if (idleAfter != null && idleAfter.isZero()) {
      reader.reject(IDLE_AFTER, "must be greater than 0");
    }
    OrderingPolicy policy = reader.find(POLICY, OrderingPolicy.class).orElse(POLICY.defaultValue());
    return new EventTimeSettings(
        new EventOrdering(late, outOfOrder, policy),
        ORDERING_OPTIONS.stream().anyMatch(reader::isWritten),
        silence(reader, late, idleAfter));
  }

  private static Silence silence(OptionReader reader, Duration late, Duration idleAfter) {
    Boolean written = reader.get(IDLE_ADVANCE);
    if (Boolean.TRUE.equals(written) && late == null && idleAfter == null) {
      reader.reject(
          IDLE_ADVANCE,
          "requires 'event-time.late' or 'event-time.idle-after': how far the time of a partition without records stays behind the clock");
    }
    boolean advances = written == null ? late != null : written;
    if (!advances) {
      return new Silence(null, idleAfter);
    }
    return late == null ? new Silence(idleAfter, null) : new Silence(late, idleAfter);
  }

  private static Duration duration(OptionReader reader, ConfigOption<Duration> option) {
    Duration value = reader.get(option);
    if (value != null && value.isNegative()) {
      reader.reject(option, "must not be negative");
      return option.defaultValue();
    }
    return value;
  }
}

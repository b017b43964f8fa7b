package dev.outflow.kafka.ordering;

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

  /** All event-time options. */
  public static final List<ConfigOption<?>> OPTIONS =
      List.of(LATE, OUT_OF_ORDER, POLICY, IDLE_AFTER);

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
        idleAfter);
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

package dev.outflow.kafka.ordering;

import dev.outflow.option.OptionReader;
import java.time.Duration;
import java.util.List;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;

/** The options of {@code 'connector' = 'kafka-input'} about event time. */
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

  /** All of them. */
  public static final List<ConfigOption<?>> OPTIONS =
      List.of(LATE, OUT_OF_ORDER, POLICY, IDLE_AFTER);

  private static final List<ConfigOption<?>> OF_ORDERING = List.of(LATE, OUT_OF_ORDER, POLICY);

  private EventTimeOptions() {}

  /** From a table's options; what is wrong is noted. */
  public static EventTimeSettings read(OptionReader reader) {
    Duration late = duration(reader, LATE);
    Duration outOfOrder = duration(reader, OUT_OF_ORDER);
    Duration idleAfter = duration(reader, IDLE_AFTER);
    if (idleAfter != null && idleAfter.isZero()) {
      reader.reject(IDLE_AFTER, "must be more than 0");
    }
    OrderingPolicy policy = reader.find(POLICY, OrderingPolicy.class).orElse(POLICY.defaultValue());
    boolean ordered = OF_ORDERING.stream().anyMatch(reader::isWritten);
    return new EventTimeSettings(
        ordered ? new EventOrdering(late, outOfOrder, policy) : null, idleAfter);
  }

  private static Duration duration(OptionReader reader, ConfigOption<Duration> option) {
    Duration written = reader.get(option);
    if (written != null && written.isNegative()) {
      reader.reject(option, "must not be negative");
      return option.defaultValue();
    }
    return written;
  }
}

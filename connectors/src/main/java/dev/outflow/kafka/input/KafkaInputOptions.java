package dev.outflow.kafka.input;

import dev.outflow.kafka.header.HeaderEncoding;
import dev.outflow.kafka.retention.OnLostInput;
import java.util.List;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;

/** The options that only {@code 'connector' = 'kafka-input'} supports. */
public final class KafkaInputOptions {
  public static final ConfigOption<List<String>> TOPICS =
      ConfigOptions.key("topics").stringType().asList().noDefaultValue();

  public static final ConfigOption<String> TOPIC_PATTERN =
      ConfigOptions.key("topic-pattern").stringType().noDefaultValue();

  public static final ConfigOption<String> START =
      ConfigOptions.key("start").stringType().defaultValue("committed");

  public static final ConfigOption<Boolean> BOUNDED =
      ConfigOptions.key("bounded").booleanType().defaultValue(false);

  public static final ConfigOption<OnLostInput> ON_LOST_INPUT =
      ConfigOptions.key("on-lost-input").enumType(OnLostInput.class).defaultValue(OnLostInput.FAIL);

  public static final ConfigOption<ValueReader> VALUE_READER =
      ConfigOptions.key("value-reader")
          .enumType(ValueReader.class)
          .defaultValue(ValueReader.STREAMING);

  public static final ConfigOption<HeaderEncoding> HEADER_ENCODING =
      ConfigOptions.key("header-encoding")
          .enumType(HeaderEncoding.class)
          .defaultValue(HeaderEncoding.UTF_8);

  private KafkaInputOptions() {}
}

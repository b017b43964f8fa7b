package dev.outflow.kafka.input;

import dev.outflow.kafka.header.HeaderEncoding;
import dev.outflow.kafka.option.TableMode;
import dev.outflow.kafka.retention.OnLostInput;
import java.util.List;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;

/** The options that only {@code 'connector' = 'kafka-input'} supports. */
public final class KafkaInputOptions {
  /** The value of {@link #START} for the first record that the topic still contains. */
  public static final String EARLIEST = "earliest";

  public static final ConfigOption<List<String>> TOPICS =
      ConfigOptions.key("topics").stringType().asList().noDefaultValue();

  public static final ConfigOption<String> TOPIC_PATTERN =
      ConfigOptions.key("topic-pattern").stringType().noDefaultValue();

  public static final ConfigOption<TableMode> MODE =
      ConfigOptions.key("mode").enumType(TableMode.class).defaultValue(TableMode.APPEND);

  /** The default depends on the number of columns. */
  public static final ConfigOption<KeyFormat> KEY_FORMAT =
      ConfigOptions.key("key-format").enumType(KeyFormat.class).noDefaultValue();

  public static final ConfigOption<List<String>> EXCLUDE_FROM_VALUE =
      ConfigOptions.key("exclude-from-value").stringType().asList().noDefaultValue();

  /** By default {@code earliest} with {@link TableMode#UPSERT}. */
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

package dev.outflow.kafka.output;

import dev.outflow.kafka.option.TableMode;
import dev.outflow.kafka.transaction.OnLostTransaction;
import dev.outflow.kafka.transaction.TransactionNaming;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.connector.base.DeliveryGuarantee;

/**
 * The options of {@code 'connector' = 'kafka-output'}, in addition to those of every Kafka table;
 * {@code job.schema.json} documents them.
 */
public final class KafkaOutputOptions {
  public static final ConfigOption<String> TOPIC_FROM =
      ConfigOptions.key("topic.from").stringType().noDefaultValue();

  public static final ConfigOption<List<String>> TOPIC_ALLOWED =
      ConfigOptions.key("topic.allowed").stringType().asList().noDefaultValue();

  public static final ConfigOption<TableMode> MODE =
      ConfigOptions.key("mode").enumType(TableMode.class).defaultValue(TableMode.APPEND);

  public static final ConfigOption<List<String>> PARTITION_KEY =
      ConfigOptions.key("partition-key").stringType().asList().noDefaultValue();

  public static final ConfigOption<PartitionStrategy> PARTITIONER =
      ConfigOptions.key("partitioner").enumType(PartitionStrategy.class).noDefaultValue();

  public static final ConfigOption<CompressionCodec> COMPRESSION_TYPE =
      ConfigOptions.key("compression-type")
          .enumType(CompressionCodec.class)
          .defaultValue(CompressionCodec.NONE);

  /** The default depends on the brokers: {@link dev.outflow.kafka.broker.DefaultGuarantee}. */
  public static final ConfigOption<DeliveryGuarantee> DELIVERY_GUARANTEE =
      ConfigOptions.key("delivery-guarantee").enumType(DeliveryGuarantee.class).noDefaultValue();

  public static final ConfigOption<String> TRANSACTIONAL_ID_PREFIX =
      ConfigOptions.key("transactional-id-prefix").stringType().noDefaultValue();

  public static final ConfigOption<TransactionNaming> TRANSACTION_NAMING =
      ConfigOptions.key("transaction-naming")
          .enumType(TransactionNaming.class)
          .defaultValue(TransactionNaming.INCREMENTING);

  public static final ConfigOption<OnLostTransaction> ON_LOST_TRANSACTION =
      ConfigOptions.key("on-lost-transaction")
          .enumType(OnLostTransaction.class)
          .defaultValue(OnLostTransaction.FAIL);

  public static final ConfigOption<ValueWriter> VALUE_WRITER =
      ConfigOptions.key("value-writer")
          .enumType(ValueWriter.class)
          .defaultValue(ValueWriter.STREAMING);

  /** By the names of headers: {@code headers.trace-id}. */
  public static final ConfigOption<Map<String, String>> HEADERS =
      ConfigOptions.key("headers").mapType().noDefaultValue();

  static final String HEADER_PREFIX = HEADERS.key() + ".";

  public static final ConfigOption<List<String>> EXCLUDE_FROM_VALUE =
      ConfigOptions.key("exclude-from-value").stringType().asList().noDefaultValue();

  private KafkaOutputOptions() {}

  /** Returns whether an option names columns of the table. */
  public static boolean namesColumns(String key) {
    return key.equals(PARTITION_KEY.key())
        || key.equals(TOPIC_FROM.key())
        || key.equals(EXCLUDE_FROM_VALUE.key())
        || key.startsWith(HEADER_PREFIX);
  }

  /** Returns all of these options. */
  static Set<ConfigOption<?>> all() {
    return Set.of(
        TOPIC_FROM,
        TOPIC_ALLOWED,
        MODE,
        PARTITION_KEY,
        PARTITIONER,
        COMPRESSION_TYPE,
        DELIVERY_GUARANTEE,
        TRANSACTIONAL_ID_PREFIX,
        TRANSACTION_NAMING,
        ON_LOST_TRANSACTION,
        HEADERS,
        EXCLUDE_FROM_VALUE,
        VALUE_WRITER);
  }
}

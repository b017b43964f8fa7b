package dev.outflow.kafka.output;

import dev.outflow.kafka.transaction.OnLostTransaction;
import dev.outflow.kafka.transaction.TransactionNaming;
import java.util.List;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.connector.base.DeliveryGuarantee;

/** The options of {@code 'connector' = 'kafka-output'} beside those every Kafka table has. */
public final class KafkaOutputOptions {
  public static final ConfigOption<List<String>> PARTITION_KEY =
      ConfigOptions.key("partition-key")
          .stringType()
          .asList()
          .noDefaultValue()
          .withDescription(
              "The columns that make the record's key, separated by ';'. One column: its plain"
                  + " text in UTF-8. Several: a JSON object of them. Absent: no key.");

  public static final ConfigOption<PartitionStrategy> PARTITIONER =
      ConfigOptions.key("partitioner")
          .enumType(PartitionStrategy.class)
          .noDefaultValue()
          .withDescription(
              "How a record finds its partition: murmur2 (default with a partition key), crc32 (as"
                  + " Azure Stream Analytics), round-robin (default without one) or sticky.");

  public static final ConfigOption<CompressionCodec> COMPRESSION_TYPE =
      ConfigOptions.key("compression-type")
          .enumType(CompressionCodec.class)
          .defaultValue(CompressionCodec.NONE)
          .withDescription("How Kafka compresses batches of records.");

  public static final ConfigOption<DeliveryGuarantee> DELIVERY_GUARANTEE =
      ConfigOptions.key("delivery-guarantee")
          .enumType(DeliveryGuarantee.class)
          .defaultValue(DeliveryGuarantee.EXACTLY_ONCE)
          .withDescription(
              "exactly-once: in Kafka transactions that end with each checkpoint. at-least-once:"
                  + " visible at once, some twice after a failure. none: may be lost.");

  public static final ConfigOption<String> TRANSACTIONAL_ID_PREFIX =
      ConfigOptions.key("transactional-id-prefix")
          .stringType()
          .noDefaultValue()
          .withDescription(
              "What this output's transactional ids begin with; each start of a job adds something of"
                  + " its own, so that no two share them. Default: job name, '-', table name;"
                  + " required for exactly-once if the job has none.");

  public static final ConfigOption<TransactionNaming> TRANSACTION_NAMING =
      ConfigOptions.key("transaction-naming")
          .enumType(TransactionNaming.class)
          .defaultValue(TransactionNaming.INCREMENTING)
          .withDescription(
              "incrementing: a new transactional id with each checkpoint. pooling: a few ids again and"
                  + " again, if the broker is 3.0 or newer and the topic may be read.");

  public static final ConfigOption<OnLostTransaction> ON_LOST_TRANSACTION =
      ConfigOptions.key("on-lost-transaction")
          .enumType(OnLostTransaction.class)
          .defaultValue(OnLostTransaction.FAIL)
          .withDescription(
              "When Kafka has aborted a transaction whose checkpoint was complete. fail: the job ends"
                  + " and says which records are missing. continue: that is logged and counted.");

  public static final ConfigOption<ValueWriter> VALUE_WRITER =
      ConfigOptions.key("value-writer")
          .enumType(ValueWriter.class)
          .defaultValue(ValueWriter.STREAMING)
          .withDescription(
              "What writes values with format json or csv, with the same bytes. streaming: Outflow, straight"
                  + " into a buffer. flink: Flink's own format.");

  private KafkaOutputOptions() {}
}

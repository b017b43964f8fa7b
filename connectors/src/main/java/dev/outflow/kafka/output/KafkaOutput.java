package dev.outflow.kafka.output;

import static dev.outflow.kafka.output.KafkaOutputOptions.COMPRESSION_TYPE;
import static dev.outflow.kafka.output.KafkaOutputOptions.DELIVERY_GUARANTEE;
import static dev.outflow.kafka.output.KafkaOutputOptions.ON_LOST_TRANSACTION;
import static dev.outflow.kafka.output.KafkaOutputOptions.PARTITIONER;
import static dev.outflow.kafka.output.KafkaOutputOptions.PARTITION_KEY;
import static dev.outflow.kafka.output.KafkaOutputOptions.TRANSACTIONAL_ID_PREFIX;
import static dev.outflow.kafka.output.KafkaOutputOptions.TRANSACTION_NAMING;
import static dev.outflow.kafka.output.KafkaOutputOptions.VALUE_WRITER;
import static org.apache.flink.table.factories.FactoryUtil.FORMAT;

import dev.outflow.kafka.KafkaConnection;
import dev.outflow.kafka.TopicName;
import dev.outflow.kafka.error.ErrorPolicy;
import dev.outflow.kafka.option.ResolvedOptions;
import dev.outflow.kafka.transaction.CheckpointTimes;
import dev.outflow.kafka.transaction.LossDetectingSink;
import dev.outflow.kafka.transaction.OnLostTransaction;
import dev.outflow.kafka.transaction.TransactionNaming;
import dev.outflow.kafka.transaction.TransactionSettings;
import dev.outflow.kafka.transaction.TransactionTimeout;
import dev.outflow.kafka.transaction.TransactionalIds;
import dev.outflow.option.InvalidOptionsException;
import dev.outflow.option.OptionProblem;
import dev.outflow.option.OptionReader;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.table.data.RowData;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * One output of a job: everything that Azure Stream Analytics' form for a Kafka output asks, and
 * the guarantee that it cannot give.
 *
 * @param connection where Kafka is
 * @param topic the topic, which must exist
 * @param partitionKey the columns that make the key; empty for no key
 * @param partitioner how a record finds its partition
 * @param compressionType how batches are compressed
 * @param deliveryGuarantee what a failure can do to the records
 * @param transactionalIdPrefix what the ids of this output's transactions begin with
 * @param transactionNaming how they go on
 * @param onLostTransaction what happens when Kafka has aborted what a checkpoint holds
 * @param valueWriter what writes values as JSON or CSV, if that is the format
 * @param errors what happens to records that Kafka does not take
 */
public record KafkaOutput(
    KafkaConnection connection,
    String topic,
    List<String> partitionKey,
    PartitionStrategy partitioner,
    CompressionCodec compressionType,
    DeliveryGuarantee deliveryGuarantee,
    String transactionalIdPrefix,
    TransactionNaming transactionNaming,
    OnLostTransaction onLostTransaction,
    ValueWriter valueWriter,
    ErrorPolicy errors) {
  /**
   * How long a batch waits for more, in ms, where nobody reads it before the next checkpoint; that
   * sends what waits at once. Many outputs write few records each, and Kafka's 5 ms small batches.
   */
  private static final String LINGER_MS = "100";

  private static final List<ConfigOption<?>> FOR_TRANSACTIONS =
      List.of(TRANSACTIONAL_ID_PREFIX, TRANSACTION_NAMING, ON_LOST_TRANSACTION);

  public KafkaOutput {
    partitionKey = List.copyOf(partitionKey);
    if (partitioner.needsKey() && partitionKey.isEmpty()) {
      throw new InvalidOptionsException(
          List.of(
              new OptionProblem(
                  PARTITIONER.key(),
                  "'%s' goes by the key, and there is none; set '%s' or choose round-robin or sticky"
                      .formatted(partitioner, PARTITION_KEY.key()))));
    }
  }

  /**
   * From the options of a table, without those of its format.
   *
   * @param name the job's and the table's name, in case that no transactional id prefix is written
   * @throws InvalidOptionsException with everything that is wrong
   */
  public static KafkaOutput of(Map<String, String> written, String name) {
    return of(ResolvedOptions.of(written), name);
  }

  /** The same for options whose references are resolved. */
  public static KafkaOutput of(ResolvedOptions options, String name) {
    OptionReader reader = new OptionReader(options.values(), options.problems());
    KafkaConnection connection = KafkaConnection.read(reader, options.values());
    String topic = TopicName.read(reader);
    List<String> partitionKey = reader.find(PARTITION_KEY).orElse(List.of());
    PartitionStrategy partitioner =
        reader
            .find(PARTITIONER, PartitionStrategy.class)
            .orElse(
                partitionKey.isEmpty() ? PartitionStrategy.ROUND_ROBIN : PartitionStrategy.MURMUR2);
    CompressionCodec compressionType =
        reader
            .find(COMPRESSION_TYPE, CompressionCodec.class)
            .orElse(COMPRESSION_TYPE.defaultValue());
    DeliveryGuarantee guarantee =
        reader
            .find(DELIVERY_GUARANTEE, DeliveryGuarantee.class)
            .orElse(DELIVERY_GUARANTEE.defaultValue());
    if (guarantee != DeliveryGuarantee.EXACTLY_ONCE) {
      reader.rejectWritten(
          FOR_TRANSACTIONS, "%s '%s'".formatted(DELIVERY_GUARANTEE.key(), guarantee));
    }
    String prefix = reader.find(TRANSACTIONAL_ID_PREFIX).orElse(name);
    TransactionNaming naming =
        reader
            .find(TRANSACTION_NAMING, TransactionNaming.class)
            .orElse(TRANSACTION_NAMING.defaultValue());
    OnLostTransaction onLost =
        reader
            .find(ON_LOST_TRANSACTION, OnLostTransaction.class)
            .orElse(ON_LOST_TRANSACTION.defaultValue());
    if (!ValueWriter.isChosenFor(options.values().get(FORMAT.key()))) {
      reader.rejectWritten(
          List.of(VALUE_WRITER),
          "%s '%s'".formatted(FORMAT.key(), options.values().get(FORMAT.key())));
    }
    ValueWriter valueWriter =
        reader.find(VALUE_WRITER, ValueWriter.class).orElse(VALUE_WRITER.defaultValue());
    ErrorPolicy errors = ErrorPolicy.read(reader, topic);
    reader.finish();
    KafkaOutput output =
        new KafkaOutput(
            connection,
            topic,
            partitionKey,
            partitioner,
            compressionType,
            guarantee,
            prefix,
            naming,
            onLost,
            valueWriter,
            errors);
    connection.check(output.checkedProperties(), ProducerConfig::new);
    return output;
  }

  /** What Kafka's producer is going to be made of, as far as it is known before it runs. */
  private Map<String, String> checkedProperties() {
    Map<String, String> properties = new HashMap<>(clientProperties());
    properties.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class.getName());
    properties.put(
        ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class.getName());
    if (deliveryGuarantee == DeliveryGuarantee.EXACTLY_ONCE) {
      properties.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, transactionalIdPrefix);
    }
    return properties;
  }

  /** The properties of Kafka's producer that follow from this output; {@code kafka.*} is last. */
  public Properties producerProperties() {
    Properties properties = new Properties();
    properties.putAll(clientProperties());
    return properties;
  }

  /**
   * What writes to it.
   *
   * @param name the operators' name
   * @param producer the properties of Kafka's producer
   */
  LossDetectingSink<RowData> sink(
      String name,
      CheckpointTimes checkpoints,
      Properties producer,
      KafkaRecordSerializationSchema<RowData> serializer) {
    return new LossDetectingSink<>(
        deliveryGuarantee,
        new TransactionSettings(
            name,
            TransactionalIds.uniquePrefix(transactionalIdPrefix),
            transactionNaming,
            onLostTransaction,
            checkpoints),
        producer,
        serializer);
  }

  /** How long a transaction may stay open, if the user says so. */
  Optional<Duration> transactionTimeout() {
    return TransactionTimeout.configured(connection.kafka());
  }

  private Map<String, String> clientProperties() {
    Map<String, String> defaults = new HashMap<>();
    defaults.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, compressionType.toString());
    if (deliveryGuarantee == DeliveryGuarantee.EXACTLY_ONCE) {
      defaults.put(ProducerConfig.LINGER_MS_CONFIG, LINGER_MS);
    }
    if (partitioner == PartitionStrategy.STICKY) {
      defaults.put(ProducerConfig.PARTITIONER_IGNORE_KEYS_CONFIG, "true");
    }
    return connection.clientProperties(defaults);
  }
}

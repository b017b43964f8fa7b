package dev.outflow.kafka.output;

import static dev.outflow.kafka.output.KafkaOutputOptions.COMPRESSION_TYPE;
import static dev.outflow.kafka.output.KafkaOutputOptions.EXCLUDE_FROM_VALUE;
import static dev.outflow.kafka.output.KafkaOutputOptions.HEADERS;
import static dev.outflow.kafka.output.KafkaOutputOptions.MODE;
import static dev.outflow.kafka.output.KafkaOutputOptions.ON_LOST_TRANSACTION;
import static dev.outflow.kafka.output.KafkaOutputOptions.PARTITIONER;
import static dev.outflow.kafka.output.KafkaOutputOptions.PARTITION_KEY;
import static dev.outflow.kafka.output.KafkaOutputOptions.TRANSACTIONAL_ID_PREFIX;
import static dev.outflow.kafka.output.KafkaOutputOptions.TRANSACTION_NAMING;
import static dev.outflow.kafka.output.KafkaOutputOptions.VALUE_WRITER;
import static org.apache.flink.table.factories.FactoryUtil.FORMAT;

import dev.outflow.format.WriterOptions;
import dev.outflow.kafka.KafkaConnection;
import dev.outflow.kafka.TopicSubscription;
import dev.outflow.kafka.broker.BrokerKind;
import dev.outflow.kafka.client.ClientGeneration;
import dev.outflow.kafka.error.ErrorPolicy;
import dev.outflow.kafka.option.ResolvedOptions;
import dev.outflow.kafka.option.TableMode;
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
import dev.outflow.values.ValueWriters;
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
import org.apache.flink.table.types.DataType;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * A Kafka output's options: the properties of Azure Stream Analytics' Kafka output, plus delivery
 * guarantee and error policy.
 *
 * @param connection how to connect to Kafka
 * @param topic the topics, which must exist
 * @param mode whether rows are appended, or change earlier rows with the same key
 * @param partitionKey the columns of the key; empty for no key
 * @param partitioner how records are assigned to partitions
 * @param compressionType how batches are compressed
 * @param deliveryGuarantee whether a failure can lose or duplicate records; the default depends on
 *     the kind of the brokers
 * @param transactionalIdPrefix the prefix of this output's transactional ids
 * @param transactionNaming how transactional ids are chosen
 * @param onLostTransaction what to do if Kafka aborted a transaction of a completed checkpoint
 * @param headers a column, or a literal in single quotes, by the name of the header
 * @param excludeFromValue the columns that are only written as key or header
 * @param valueWriter which implementation serializes values
 * @param errors how rows are handled that cannot be written
 */
public record KafkaOutput(
    KafkaConnection connection,
    OutputTopic topic,
    TableMode mode,
    List<String> partitionKey,
    PartitionStrategy partitioner,
    CompressionCodec compressionType,
    DeliveryGuarantee deliveryGuarantee,
    String transactionalIdPrefix,
    TransactionNaming transactionNaming,
    OnLostTransaction onLostTransaction,
    Map<String, String> headers,
    List<String> excludeFromValue,
    ValueWriter valueWriter,
    ErrorPolicy errors) {
  /**
   * The default of {@code linger.ms} for exactly-once, whose records become readable with the next
   * checkpoint only, which flushes batches. Kafka's 5 ms makes small batches if there are many
   * outputs with few records each.
   */
  private static final String TRANSACTION_LINGER_MS = "100";

  /** The default for the other guarantees, where waiting delays records. */
  private static final String LINGER_MS = "20";

  /**
   * The default of {@code batch.size}, in bytes. With Kafka's 16 KB, the requests to a topic with
   * few partitions are small, because each has one batch of a partition at most.
   */
  private static final String BATCH_SIZE = "65536";

  public KafkaOutput {
    partitionKey = List.copyOf(partitionKey);
    headers = Map.copyOf(headers);
    excludeFromValue = List.copyOf(excludeFromValue);
    List<OptionProblem> problems =
        mode == TableMode.UPSERT
            ? UpsertRequirements.problems(topic, partitionKey, partitioner, connection.kafka())
            : List.of();
    if (!problems.isEmpty()) {
      throw new InvalidOptionsException(problems);
    }
    if (partitioner.needsKey() && partitionKey.isEmpty()) {
      throw InvalidOptionsException.of(
          PARTITIONER.key(),
          "'%s' requires a key; set '%s', or choose round-robin or sticky"
              .formatted(partitioner, PARTITION_KEY.key()));
    }
  }

  /**
   * Reads the options of a table, except those of its format.
   *
   * @param defaultId the default transactional id prefix
   * @throws InvalidOptionsException with all problems
   */
  public static KafkaOutput of(Map<String, String> options, String defaultId) {
    return of(ResolvedOptions.of(options), defaultId);
  }

  /** Reads options whose references are resolved. */
  public static KafkaOutput of(ResolvedOptions options, String defaultId) {
    OptionReader reader = new OptionReader(options.values(), options.problems());
    OutputTopic topic = OutputTopic.read(reader);
    KafkaConnection connection = KafkaConnection.read(reader, options.values());
    TableMode mode = get(reader, MODE, TableMode.class);
    List<String> partitionKey = reader.find(PARTITION_KEY).orElse(List.of());
    PartitionStrategy partitioner =
        reader
            .find(PARTITIONER, PartitionStrategy.class)
            .orElse(
                partitionKey.isEmpty() ? PartitionStrategy.ROUND_ROBIN : PartitionStrategy.MURMUR2);
    CompressionCodec compressionType = get(reader, COMPRESSION_TYPE, CompressionCodec.class);
    DeliveryGuarantee guarantee = new GuaranteeReader(reader, kind(connection)).read();
    String prefix = reader.find(TRANSACTIONAL_ID_PREFIX).orElse(defaultId);
    TransactionNaming naming = get(reader, TRANSACTION_NAMING, TransactionNaming.class);
    OnLostTransaction onLost = get(reader, ON_LOST_TRANSACTION, OnLostTransaction.class);
    Map<String, String> headers = reader.find(HEADERS).orElse(Map.of());
    OutputHeaders.check(reader, headers);
    List<String> excluded = reader.find(EXCLUDE_FROM_VALUE).orElse(List.of());
    String format = options.values().get(FORMAT.key());
    if (!ValueWriters.isSupported(format)) {
      reader.rejectWritten(List.of(VALUE_WRITER), "%s '%s'".formatted(FORMAT.key(), format));
    }
    ValueWriter valueWriter = get(reader, VALUE_WRITER, ValueWriter.class);
    WriterOptions.check(reader, format);
    if (valueWriter == ValueWriter.FLINK) {
      reader.rejectWritten(
          WriterOptions.of(format), "%s '%s'".formatted(VALUE_WRITER.key(), valueWriter));
    }
    ErrorPolicy errors =
        ErrorPolicy.read(
            reader, new TopicSubscription.Topics(topic == null ? List.of() : topic.names()));
    if (mode == TableMode.UPSERT && connection != null && reader.isValid(PARTITION_KEY)) {
      UpsertRequirements.problems(topic, partitionKey, partitioner, connection.kafka())
          .forEach(reader::reject);
    }
    reader.finish();
    KafkaOutput output =
        new KafkaOutput(
            connection,
            topic,
            mode,
            partitionKey,
            partitioner,
            compressionType,
            guarantee,
            prefix,
            naming,
            onLost,
            headers,
            excluded,
            valueWriter,
            errors);
    connection.check(output.completeProperties(), ProducerConfig::new);
    return output;
  }

  /** Returns the kind of the brokers; Apache Kafka if their addresses are invalid. */
  private static BrokerKind kind(KafkaConnection connection) {
    return connection == null ? BrokerKind.of("") : connection.kind();
  }

  private static <E extends Enum<E>> E get(
      OptionReader reader, ConfigOption<E> option, Class<E> type) {
    return reader.find(option, type).orElse(option.defaultValue());
  }

  /** Returns the producer's properties with those that KafkaSink adds, for validation. */
  private Map<String, String> completeProperties() {
    Map<String, String> properties = new HashMap<>(clientProperties());
    properties.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class.getName());
    properties.put(
        ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class.getName());
    if (deliveryGuarantee == DeliveryGuarantee.EXACTLY_ONCE) {
      properties.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, transactionalIdPrefix);
    }
    return properties;
  }

  /** Returns the properties of Kafka's producer; {@code kafka.*} overrides all others. */
  public Properties producerProperties() {
    Properties properties = new Properties();
    properties.putAll(clientProperties());
    return properties;
  }

  /**
   * Creates the sink.
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

  /**
   * Returns the type of the values, without columns that are only written as key or header.
   *
   * @param row the type of the table's rows
   */
  public DataType valueType(DataType row) {
    return ValueColumns.of(this, row).type();
  }

  /** Returns the transaction timeout, if the user sets it. */
  Optional<Duration> transactionTimeout() {
    return TransactionTimeout.configured(connection.kafka());
  }

  private Map<String, String> clientProperties() {
    boolean exactlyOnce = deliveryGuarantee == DeliveryGuarantee.EXACTLY_ONCE;
    Map<String, String> defaults =
        new HashMap<>(ClientGeneration.current().producerDefaults(exactlyOnce));
    defaults.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, compressionType.toString());
    defaults.put(ProducerConfig.LINGER_MS_CONFIG, exactlyOnce ? TRANSACTION_LINGER_MS : LINGER_MS);
    defaults.put(ProducerConfig.BATCH_SIZE_CONFIG, BATCH_SIZE);
    if (partitioner == PartitionStrategy.STICKY) {
      defaults.put(ProducerConfig.PARTITIONER_IGNORE_KEYS_CONFIG, "true");
    }
    return connection.producerProperties(defaults);
  }
}

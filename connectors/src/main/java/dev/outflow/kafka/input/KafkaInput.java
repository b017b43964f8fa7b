package dev.outflow.kafka.input;

import static dev.outflow.kafka.input.KafkaInputOptions.BOUNDED;
import static dev.outflow.kafka.input.KafkaInputOptions.HEADER_ENCODING;
import static dev.outflow.kafka.input.KafkaInputOptions.ON_LOST_INPUT;
import static dev.outflow.kafka.input.KafkaInputOptions.START;
import static dev.outflow.kafka.option.KafkaOptions.CONSUMER_GROUP_ID;
import static org.apache.flink.table.factories.FactoryUtil.FORMAT;

import dev.outflow.kafka.KafkaConnection;
import dev.outflow.kafka.TopicSubscription;
import dev.outflow.kafka.client.ClientGeneration;
import dev.outflow.kafka.error.ErrorPolicy;
import dev.outflow.kafka.header.HeaderEncoding;
import dev.outflow.kafka.option.KafkaOptions;
import dev.outflow.kafka.option.ResolvedOptions;
import dev.outflow.kafka.ordering.EventTimeOptions;
import dev.outflow.kafka.ordering.EventTimeSettings;
import dev.outflow.kafka.retention.OnLostInput;
import dev.outflow.option.InvalidOptionsException;
import dev.outflow.option.OptionProblem;
import dev.outflow.option.OptionReader;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * A Kafka input's options. It reads only committed records unless {@code kafka.isolation.level} is
 * set, or {@link ClientGeneration} has another default.
 *
 * @param connection the cluster
 * @param topics the topics, by name or by pattern
 * @param consumerGroupId the group that offsets are committed for, which serve monitoring and
 *     {@code start: last-stopped}; the job's own progress is in its checkpoints
 * @param upsert the options of {@code mode: upsert}; empty if each record is a row of its own
 * @param start where to start without a checkpoint
 * @param bounded whether to finish at the topic's end offsets as of the start
 * @param onLostInput how records are handled that Kafka deleted before they were read
 * @param errors how bad records are handled
 * @param eventTime event ordering and idleness
 * @param headerEncoding how headers that are read as text are encoded; empty if unset
 * @param valueReader which implementation reads values
 */
public record KafkaInput(
    KafkaConnection connection,
    TopicSubscription topics,
    String consumerGroupId,
    Optional<UpsertOptions> upsert,
    StartPosition start,
    boolean bounded,
    OnLostInput onLostInput,
    ErrorPolicy errors,
    EventTimeSettings eventTime,
    Optional<HeaderEncoding> headerEncoding,
    ValueReader valueReader) {
  /** How often Flink's source looks for new partitions; its own default is 5 minutes. */
  private static final String DISCOVERY_INTERVAL = "partition.discovery.interval.ms";

  private static final String NEW_TOPICS_INTERVAL_MS = "20000";

  /**
   * Reads a table's options, except those of its format.
   *
   * @param defaultGroup the consumer group if none is set
   * @throws InvalidOptionsException with every problem
   */
  public static KafkaInput of(Map<String, String> options, String defaultGroup) {
    return of(ResolvedOptions.of(options), defaultGroup);
  }

  /** Reads options whose references are resolved; see {@link #of(Map, String)}. */
  public static KafkaInput of(ResolvedOptions options, String defaultGroup) {
    OptionReader reader = new OptionReader(options.values(), options.problems());
    // The default group can be too long, as well.
    Map<String, String> withGroup =
        options.withDefault(CONSUMER_GROUP_ID.key(), defaultGroup).values();
    TopicSubscription topics = InputTopics.read(reader);
    KafkaConnection connection = KafkaConnection.read(reader, withGroup);
    String group = reader.find(CONSUMER_GROUP_ID).orElse(defaultGroup);
    Optional<UpsertOptions> upsert = UpsertOptions.read(reader);
    StartPosition start = upsert.isPresent() ? new StartPosition.Earliest() : readStart(reader);
    Boolean bounded = reader.get(BOUNDED);
    OnLostInput onLostInput =
        reader.find(ON_LOST_INPUT, OnLostInput.class).orElse(ON_LOST_INPUT.defaultValue());
    ErrorPolicy errors = ErrorPolicy.read(reader, topics);
    EventTimeSettings eventTime = EventTimeOptions.read(reader);
    Optional<HeaderEncoding> headerEncoding = reader.find(HEADER_ENCODING, HeaderEncoding.class);
    ValueReader valueReader = ValueReader.read(reader, options.values().get(FORMAT.key()));
    String interval = options.values().get(KafkaOptions.KAFKA_PREFIX + DISCOVERY_INTERVAL);
    if (interval != null && !interval.matches("-?\\d{1,18}")) {
      reader.reject(
          new OptionProblem(
              KafkaOptions.KAFKA_PREFIX + DISCOVERY_INTERVAL,
              "'%s' is not a number of milliseconds".formatted(interval)));
    }
    reader.finish();
    Map<String, String> properties = new HashMap<>(connection.clientProperties(Map.of()));
    properties.put(
        ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class.getName());
    properties.put(
        ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class.getName());
    connection.check(properties, ConsumerConfig::new);
    return new KafkaInput(
        connection,
        topics,
        group,
        upsert,
        start,
        bounded,
        onLostInput,
        errors,
        eventTime,
        headerEncoding,
        valueReader);
  }

  private static StartPosition readStart(OptionReader reader) {
    try {
      return StartPosition.parse(reader.get(START), Instant.now());
    } catch (IllegalArgumentException e) {
      reader.reject(START, e.getMessage());
      return null;
    }
  }

  /** The group whose committed offsets must exist, as {@code start: last-stopped} requires. */
  public Optional<String> groupThatHasRead() {
    return start instanceof StartPosition.LastStopped
        ? Optional.of(consumerGroupId)
        : Optional.empty();
  }

  /** The Kafka consumer's properties; {@code kafka.*} options override the others. */
  Properties consumerProperties() {
    Properties properties = new Properties();
    Map<String, String> defaults = new HashMap<>(ClientGeneration.current().consumerDefaults());
    defaults.put(ConsumerConfig.GROUP_ID_CONFIG, consumerGroupId);
    if (topics instanceof TopicSubscription.TopicPattern && !bounded) {
      defaults.put(DISCOVERY_INTERVAL, NEW_TOPICS_INTERVAL_MS);
    }
    properties.putAll(connection.clientProperties(defaults));
    return properties;
  }

  /** Where to start without a checkpoint. The consumer never resets to other offsets by itself. */
  OffsetsInitializer startingOffsets() {
    return new OffsetsWithoutReset(startPosition());
  }

  private OffsetsInitializer startPosition() {
    if (!ClientGeneration.current().hasAdminOffsets()) {
      if (start instanceof StartPosition.JobStart) {
        return new ConsumerOffsets(consumerProperties(), null);
      }
      if (start instanceof StartPosition.Custom custom) {
        return new ConsumerOffsets(consumerProperties(), custom.time().toEpochMilli());
      }
    }
    return start.offsets();
  }

  /** Where to finish if the input is bounded. */
  OffsetsInitializer endOffsets() {
    return ClientGeneration.current().hasAdminOffsets()
        ? OffsetsInitializer.latest()
        : new ConsumerOffsets(consumerProperties(), null);
  }
}

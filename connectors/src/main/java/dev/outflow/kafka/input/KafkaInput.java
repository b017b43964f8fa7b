package dev.outflow.kafka.input;

import static dev.outflow.kafka.input.KafkaInputOptions.BOUNDED;
import static dev.outflow.kafka.input.KafkaInputOptions.START;
import static dev.outflow.kafka.option.KafkaOptions.CONSUMER_GROUP_ID;

import dev.outflow.kafka.KafkaConnection;
import dev.outflow.kafka.TopicName;
import dev.outflow.kafka.error.ErrorPolicy;
import dev.outflow.kafka.option.ResolvedOptions;
import dev.outflow.kafka.ordering.EventTimeOptions;
import dev.outflow.kafka.ordering.EventTimeSettings;
import dev.outflow.option.InvalidOptionsException;
import dev.outflow.option.OptionReader;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * One Kafka input of a job. It reads committed records only, unless {@code kafka.isolation.level}
 * says otherwise.
 *
 * @param connection where Kafka is
 * @param topic the topic, which must exist
 * @param consumerGroupId under which offsets are committed; progress is kept in checkpoints, the
 *     committed offsets are for monitoring and for {@code start: last-stopped}
 * @param start where to begin without a checkpoint
 * @param bounded whether to end with what the topic holds at the start
 * @param errors what becomes of records that cannot be read
 * @param eventTime how far the time of a record may be from its arrival
 */
public record KafkaInput(
    KafkaConnection connection,
    String topic,
    String consumerGroupId,
    StartPosition start,
    boolean bounded,
    ErrorPolicy errors,
    EventTimeSettings eventTime) {

  /**
   * From the options of a table, without those of its format.
   *
   * @param name the job's and the table's name, in case that no consumer group is written
   * @throws InvalidOptionsException with everything that is wrong
   */
  public static KafkaInput of(Map<String, String> written, String name) {
    return of(ResolvedOptions.of(written), name);
  }

  /** The same for options whose references are resolved. */
  public static KafkaInput of(ResolvedOptions options, String name) {
    OptionReader reader = new OptionReader(options.values(), options.problems());
    KafkaConnection connection = KafkaConnection.read(reader, options.values());
    String topic = TopicName.read(reader);
    String group = reader.find(CONSUMER_GROUP_ID).orElse(name);
    StartPosition start = readStart(reader);
    Boolean bounded = reader.get(BOUNDED);
    ErrorPolicy errors = ErrorPolicy.read(reader, topic);
    EventTimeSettings eventTime = EventTimeOptions.read(reader);
    reader.finish();
    Map<String, String> properties = new HashMap<>(connection.clientProperties(Map.of()));
    properties.put(
        ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class.getName());
    properties.put(
        ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class.getName());
    connection.check(properties, ConsumerConfig::new);
    return new KafkaInput(connection, topic, group, start, bounded, errors, eventTime);
  }

  private static StartPosition readStart(OptionReader reader) {
    try {
      return StartPosition.parse(reader.get(START), Instant.now());
    } catch (IllegalArgumentException e) {
      reader.reject(START, e.getMessage());
      return null;
    }
  }

  /** The group that must have read the topic before, if {@code start} says that it has. */
  public Optional<String> groupThatHasRead() {
    return start instanceof StartPosition.LastStopped
        ? Optional.of(consumerGroupId)
        : Optional.empty();
  }

  /** The properties of Kafka's consumer that follow from this input; {@code kafka.*} is last. */
  Properties consumerProperties() {
    Properties properties = new Properties();
    properties.putAll(
        connection.clientProperties(
            Map.of(
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                "read_committed",
                ConsumerConfig.GROUP_ID_CONFIG,
                consumerGroupId)));
    return properties;
  }
}

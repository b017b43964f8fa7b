package dev.outflow.check;

import static dev.outflow.security.SecurityOptions.SECURITY_PROTOCOL;
import static org.apache.kafka.clients.CommonClientConfigs.SECURITY_PROTOCOL_CONFIG;

import dev.outflow.kafka.KafkaConnection;
import dev.outflow.kafka.TopicSubscription;
import dev.outflow.kafka.error.ErrorPolicy;
import dev.outflow.kafka.input.KafkaInput;
import dev.outflow.kafka.input.KafkaInputOptions;
import dev.outflow.kafka.option.KafkaOptions;
import dev.outflow.kafka.output.KafkaOutput;
import dev.outflow.kafka.output.OutputCheck;
import dev.outflow.kafka.transaction.CheckpointTimes;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.avro.Schema;

/** A Kafka input or output of a job. */
sealed interface KafkaTable {
  /** The default protocol. */
  String NONE = SECURITY_PROTOCOL.defaultValue().toString();

  /** Returns its path in the definition: {@code outputs.large_orders}. */
  String path();

  KafkaConnection connection();

  /** Returns the topics that it reads or writes. */
  TopicSubscription topics();

  /** Returns how its bad records are handled. */
  ErrorPolicy errors();

  /** Returns its name: {@code large_orders}. */
  default String name() {
    return path().substring(path().lastIndexOf('.') + 1);
  }

  /** Describes it for people: {@code large-orders on broker:9092, sasl_ssl}. */
  default String where() {
    return "%s on %s, %s"
        .formatted(
            topics(),
            connection().bootstrapServers(),
            options()
                .getOrDefault(
                    SECURITY_PROTOCOL.key(),
                    connection().kafka().getOrDefault(SECURITY_PROTOCOL_CONFIG, NONE)));
  }

  /** Returns the table's options, including its format's, as the user wrote them. */
  Map<String, String> options();

  /** Returns the option that a check is about, as the user wrote it: topics can be several. */
  default String option(String checked) {
    return checked.equals(KafkaOptions.TOPIC.key())
        ? Stream.of(KafkaInputOptions.TOPIC_PATTERN.key(), KafkaInputOptions.TOPICS.key())
            .filter(options()::containsKey)
            .findFirst()
            .orElse(checked)
        : checked;
  }

  /**
   * An input.
   *
   * @param hasSavepoint whether the job starts from a savepoint, which has the offsets
   * @param deadLetters the producer of its dead letters, if it has one
   */
  record Input(
      String path,
      KafkaInput input,
      boolean hasSavepoint,
      Optional<OutputCheck> deadLetters,
      Map<String, String> options)
      implements KafkaTable {
    @Override
    public KafkaConnection connection() {
      return input.connection();
    }

    @Override
    public TopicSubscription topics() {
      return input.topics();
    }

    @Override
    public ErrorPolicy errors() {
      return input.errors();
    }

    @Override
    public String toString() {
      return path;
    }
  }

  /**
   * An output.
   *
   * @param checkpoints the job's checkpoints, which determine how long transactions are open
   * @param schema the schema that will be registered, if the format uses a schema registry
   */
  record Output(
      String path,
      KafkaOutput output,
      CheckpointTimes checkpoints,
      Map<String, String> options,
      Optional<Schema> schema)
      implements KafkaTable {
    @Override
    public KafkaConnection connection() {
      return output.connection();
    }

    @Override
    public TopicSubscription topics() {
      return new TopicSubscription.Topics(output.topic().names());
    }

    @Override
    public ErrorPolicy errors() {
      return output.errors();
    }

    @Override
    public String toString() {
      return path;
    }
  }
}

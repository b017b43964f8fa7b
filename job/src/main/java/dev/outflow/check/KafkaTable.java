package dev.outflow.check;

import static dev.outflow.security.SecurityOptions.SECURITY_PROTOCOL;
import static org.apache.kafka.clients.CommonClientConfigs.SECURITY_PROTOCOL_CONFIG;

import dev.outflow.kafka.KafkaConnection;
import dev.outflow.kafka.error.ErrorPolicy;
import dev.outflow.kafka.input.KafkaInput;
import dev.outflow.kafka.output.KafkaOutput;
import dev.outflow.kafka.transaction.CheckpointTimes;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;

/** A table of a job that Kafka is asked about. */
public sealed interface KafkaTable {
  /** What is in force where no protocol is written. */
  String NONE = SECURITY_PROTOCOL.defaultValue().toString();

  /** Its place in the definition: {@code outputs.large_orders}. */
  String path();

  KafkaConnection connection();

  String topic();

  /** What becomes of its bad records. */
  ErrorPolicy errors();

  /** The name in it: {@code large_orders}. */
  default String name() {
    return path().substring(path().lastIndexOf('.') + 1);
  }

  /** For people: {@code large-orders on broker:9092, sasl_ssl}. */
  default String where() {
    return "%s on %s, %s"
        .formatted(
            topic(),
            connection().bootstrapServers(),
            options()
                .getOrDefault(
                    SECURITY_PROTOCOL.key(),
                    connection().kafka().getOrDefault(SECURITY_PROTOCOL_CONFIG, NONE)));
  }

  /** Of the table, those of its format too, as the user wrote them. */
  Map<String, String> options();

  /**
   * To be read.
   *
   * @param hasSavepoint whether a savepoint says where to begin
   */
  record Input(String path, KafkaInput input, boolean hasSavepoint, Map<String, String> options)
      implements KafkaTable {
    @Override
    public KafkaConnection connection() {
      return input.connection();
    }

    @Override
    public String topic() {
      return input.topic();
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
   * To be written.
   *
   * @param checkpoints how long the job's checkpoints let a transaction wait
   * @param schema what a schema registry is going to be told, if the format has one
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
    public String topic() {
      return output.topic();
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

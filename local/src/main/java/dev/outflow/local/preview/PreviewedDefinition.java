package dev.outflow.local.preview;

import static dev.outflow.kafka.option.KafkaOptions.KAFKA_PREFIX;

import dev.outflow.definition.Draft;
import dev.outflow.definition.InputDefinition;
import dev.outflow.definition.JobDefinition;
import dev.outflow.definition.OutputDefinition;
import dev.outflow.kafka.error.ErrorPolicy;
import dev.outflow.kafka.error.OnError;
import dev.outflow.kafka.input.KafkaInputOptions;
import dev.outflow.kafka.option.KafkaOptions;
import dev.outflow.kafka.output.KafkaOutputOptions;
import dev.outflow.kafka.retention.OnLostInput;
import dev.outflow.kafka.transaction.TransactionTimeout;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerConfig;

/** What a preview changes about a job: where its inputs start, and what would have an effect. */
final class PreviewedDefinition {
  /** Bad records are rows of the input's table with all records, but nothing writes them. */
  private static final String NO_TOPIC = "outflow-preview-bad-records";

  /** A consumer that is only assigned partitions joins no group; these could still commit. */
  private static final Set<String> EFFECTS =
      Set.of(
          KafkaOptions.CONSUMER_GROUP_ID.key(),
          KAFKA_PREFIX + ConsumerConfig.GROUP_ID_CONFIG,
          KAFKA_PREFIX + ConsumerConfig.GROUP_INSTANCE_ID_CONFIG,
          KAFKA_PREFIX + ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
          KAFKA_PREFIX + ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
          KAFKA_PREFIX + ConsumerConfig.INTERCEPTOR_CLASSES_CONFIG,
          TransactionTimeout.PROPERTY);

  private PreviewedDefinition() {}

  /**
   * Returns the draft with other options of its Kafka inputs. Outputs are unchanged, so that they
   * are checked as written.
   *
   * @param since when to start; empty for the end of the topics
   */
  static Draft of(Draft draft, Optional<Instant> since) {
    JobDefinition job = draft.definition();
    Map<String, InputDefinition> inputs = new LinkedHashMap<>(job.inputs());
    inputs.replaceAll((name, input) -> input.isKafka() ? previewed(input, since) : input);
    return new Draft(
        new JobDefinition(
            job.name(),
            inputs,
            job.functions(),
            job.queries(),
            job.transformation(),
            job.outputs(),
            job.flink(),
            job.locations()),
        draft.problems(),
        draft.unusable());
  }

  private static InputDefinition previewed(InputDefinition input, Optional<Instant> since) {
    Map<String, String> options = new HashMap<>(input.options());
    options.keySet().removeAll(EFFECTS);
    if (!input.isUpsert()) { // The rows of a table are those of all its records.
      options.put(
          KafkaInputOptions.START.key(), since.map(time -> "custom: " + time).orElse("job-start"));
    }
    options.put(KafkaInputOptions.ON_LOST_INPUT.key(), OnLostInput.CONTINUE.toString());
    // The view of good rows, which dead letters need, has no primary key.
    boolean keepsKey = !input.primaryKey().isEmpty();
    options.put(
        ErrorPolicy.ON_ERROR.key(), (keepsKey ? OnError.DROP : OnError.DEAD_LETTER).toString());
    options.remove(ErrorPolicy.DEAD_LETTER_TOPIC.key());
    if (!keepsKey) {
      options.put(ErrorPolicy.DEAD_LETTER_TOPIC.key(), NO_TOPIC);
    }
    return new InputDefinition(
        input.connector(), input.columns(), input.primaryKey(), input.eventTime(), options);
  }

  /**
   * Returns the options to serialize an output's rows with: no transactions, all bad rows shown.
   */
  static Map<String, String> serializing(OutputDefinition output) {
    Map<String, String> options = new TreeMap<>(output.options());
    options.keySet().removeIf(key -> key.startsWith(KAFKA_PREFIX + "transaction"));
    options.remove(KafkaOutputOptions.TRANSACTIONAL_ID_PREFIX.key());
    options.remove(KafkaOutputOptions.TRANSACTION_NAMING.key());
    options.remove(KafkaOutputOptions.ON_LOST_TRANSACTION.key());
    options.remove(ErrorPolicy.DEAD_LETTER_TOPIC.key());
    options.put(KafkaOutputOptions.DELIVERY_GUARANTEE.key(), "at-least-once");
    options.put(ErrorPolicy.ON_ERROR.key(), OnError.FAIL.toString());
    return options;
  }
}

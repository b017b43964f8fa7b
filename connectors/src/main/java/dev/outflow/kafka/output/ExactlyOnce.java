package dev.outflow.kafka.output;

import dev.outflow.kafka.option.InvalidOptionsException;
import dev.outflow.kafka.option.KafkaOptions;
import dev.outflow.kafka.option.OptionProblem;
import dev.outflow.secret.References;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.kafka.clients.producer.ProducerConfig;

/** The conditions without which {@code exactly-once} would lose records, or never show any. */
final class ExactlyOnce {
  private static final String INTERVAL = CheckpointingOptions.CHECKPOINTING_INTERVAL.key();
  private static final String TIMEOUT = CheckpointingOptions.CHECKPOINTING_TIMEOUT.key();

  private ExactlyOnce() {}

  /**
   * Refuses what cannot hold.
   *
   * @param hasJobName whether transactional ids can be told from those of other jobs by it
   * @throws InvalidOptionsException saying what is missing
   */
  static void check(
      KafkaOutput output, boolean hasJobName, Map<String, String> written, ReadableConfig job) {
    String prefix = KafkaOutputOptions.TRANSACTIONAL_ID_PREFIX.key();
    if (!hasJobName && !written.containsKey(prefix)) {
      throw refuse(
          prefix,
          "is required, because the job has no name to tell its transactions from those of other"
              + " jobs; set it, or Flink's '%s'".formatted(PipelineOptions.NAME.key()));
    }
    String timeout = KafkaOptions.KAFKA_PREFIX + ProducerConfig.TRANSACTION_TIMEOUT_CONFIG;
    if (References.isIn(written.getOrDefault(timeout, ""))) {
      throw refuse(
          timeout, "must be written as it is, because checkpoints have to fit into that time");
    }
    if (job.get(ExecutionOptions.RUNTIME_MODE) == RuntimeExecutionMode.STREAMING) {
      checkCheckpoints(output, job);
    }
  }

  /** In streaming, a transaction ends with a checkpoint, and must stay open until then. */
  private static void checkCheckpoints(KafkaOutput output, ReadableConfig job) {
    String guarantee = KafkaOutputOptions.DELIVERY_GUARANTEE.key();
    Optional<Duration> interval = job.getOptional(CheckpointingOptions.CHECKPOINTING_INTERVAL);
    if (interval.isEmpty()) {
      throw refuse(
          guarantee,
          "exactly-once needs checkpoints, which are off; set Flink's '%s', for example to 10 s,"
                  .formatted(INTERVAL)
              + " or choose at-least-once");
    }
    Duration longest = job.get(CheckpointingOptions.CHECKPOINTING_TIMEOUT);
    Duration needed = interval.get().plus(longest);
    if (needed.compareTo(output.transactionTimeout()) > 0) {
      throw refuse(
          guarantee,
          ("exactly-once needs transactions that stay open for %d s (a checkpoint every %d s, each"
                  + " of which may take %d s), but Kafka aborts them after %d s; shorten '%s' or"
                  + " '%s', or raise 'kafka.transaction.timeout.ms' and the broker's"
                  + " 'transaction.max.timeout.ms'")
              .formatted(
                  needed.toSeconds(),
                  interval.get().toSeconds(),
                  longest.toSeconds(),
                  output.transactionTimeout().toSeconds(),
                  INTERVAL,
                  TIMEOUT));
    }
  }

  private static InvalidOptionsException refuse(String key, String message) {
    return new InvalidOptionsException(List.of(new OptionProblem(key, message)));
  }
}

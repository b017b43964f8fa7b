package dev.outflow.kafka.output;

import dev.outflow.kafka.transaction.CheckpointTimes;
import dev.outflow.kafka.transaction.TransactionTimeout;
import dev.outflow.option.InvalidOptionsException;
import dev.outflow.reference.References;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.ReadableConfig;

/** Checks the additional requirements of {@code exactly-once}. */
final class ExactlyOnceRequirements {
  private ExactlyOnceRequirements() {}

  /**
   * Checks the options against the job's configuration, without a request to the brokers.
   *
   * @return the checkpoint settings, which determine how long transactions stay open
   * @throws InvalidOptionsException if a requirement is not met
   */
  static CheckpointTimes check(
      KafkaOutput output, Map<String, String> options, ReadableConfig job) {
    boolean hasJobName = job.getOptional(PipelineOptions.NAME).isPresent();
    String prefix = KafkaOutputOptions.TRANSACTIONAL_ID_PREFIX.key();
    if (!hasJobName && !options.containsKey(prefix)) {
      throw InvalidOptionsException.of(
          prefix,
          "is required because the job has no name that distinguishes its transactions from those of"
              + " other jobs; set it, or Flink's '%s'".formatted(PipelineOptions.NAME.key()));
    }
    if (References.isIn(options.getOrDefault(TransactionTimeout.PROPERTY, ""))) {
      throw InvalidOptionsException.of(
          TransactionTimeout.PROPERTY,
          "must be a value, not a reference: it is compared with the checkpoint interval and timeout");
    }
    CheckpointTimes checkpoints = CheckpointTimes.of(job);
    output
        .transactionTimeout()
        .flatMap(
            timeout -> new TransactionTimeout(timeout, checkpoints, Optional.empty()).problem())
        .ifPresent(
            problem -> {
              throw new InvalidOptionsException(List.of(problem));
            });
    return checkpoints;
  }
}

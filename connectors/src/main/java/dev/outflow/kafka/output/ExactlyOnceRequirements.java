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

/** What {@code exactly-once} asks of a table's options beside what every table must have. */
final class ExactlyOnceRequirements {
  private ExactlyOnceRequirements() {}

  /**
   * Refuses what cannot hold, as far as it is known without asking the brokers.
   *
   * @return how long the job's checkpoints let a transaction wait
   * @throws InvalidOptionsException saying what is missing
   */
  static CheckpointTimes check(
      KafkaOutput output, Map<String, String> written, ReadableConfig job) {
    boolean hasJobName = job.getOptional(PipelineOptions.NAME).isPresent();
    String prefix = KafkaOutputOptions.TRANSACTIONAL_ID_PREFIX.key();
    if (!hasJobName && !written.containsKey(prefix)) {
      throw InvalidOptionsException.of(
          prefix,
          "is required, because the job has no name to tell its transactions from those of other"
              + " jobs; set it, or Flink's '%s'".formatted(PipelineOptions.NAME.key()));
    }
    if (References.isIn(written.getOrDefault(TransactionTimeout.PROPERTY, ""))) {
      throw InvalidOptionsException.of(
          TransactionTimeout.PROPERTY,
          "must be written as it is, because checkpoints have to fit into that time");
    }
    CheckpointTimes checkpoints = CheckpointTimes.of(job);
    output
        .transactionTimeout()
        .flatMap(known -> new TransactionTimeout(known, checkpoints, Optional.empty()).problem())
        .ifPresent(
            problem -> {
              throw new InvalidOptionsException(List.of(problem));
            });
    return checkpoints;
  }
}

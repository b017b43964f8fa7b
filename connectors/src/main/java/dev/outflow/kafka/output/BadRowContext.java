package dev.outflow.kafka.output;

import dev.outflow.kafka.error.ErrorPolicy;
import java.io.Serializable;
import java.util.Optional;

/**
 * What an output needs for rows that Kafka does not take.
 *
 * @param jobName null if the job has none
 * @param fault finds out what is wrong with a row
 * @param json writes a row for the dead-letter topic; null without one
 */
record BadRowContext(
    String jobName,
    String alias,
    ErrorPolicy policy,
    FaultyColumnFinder fault,
    LenientJsonSerializer json)
    implements Serializable {

  Optional<String> job() {
    return Optional.ofNullable(jobName);
  }
}

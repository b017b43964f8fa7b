package dev.outflow.kafka.output;

import dev.outflow.kafka.error.ErrorPolicy;
import java.io.Serializable;
import java.util.Optional;

/**
 * The serializable context of a {@link BadRowHandler}.
 *
 * @param jobName null if the job has none
 * @param columnFinder explains why a row cannot be serialized
 * @param json serializes rows for the dead-letter topic; null without one
 */
record BadRowContext(
    String jobName,
    String alias,
    ErrorPolicy policy,
    FaultyColumnFinder columnFinder,
    LenientJsonSerializer json)
    implements Serializable {

  Optional<String> job() {
    return Optional.ofNullable(jobName);
  }
}

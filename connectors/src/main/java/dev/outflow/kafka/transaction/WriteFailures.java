package dev.outflow.kafka.transaction;

import dev.outflow.kafka.BrokerFailure;
import java.io.IOException;
import java.util.Properties;
import org.apache.kafka.clients.producer.ProducerConfig;

/**
 * Explains why an output cannot write. KafkaSink's writer throws what the producer reported for an
 * earlier record: at the next one, before a checkpoint, or in the task's mailbox.
 *
 * @param alias the output's
 */
record WriteFailures(String alias, String bootstrapServers) {
  static WriteFailures of(String alias, Properties producer) {
    return new WriteFailures(
        alias, String.valueOf(producer.get(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG)));
  }

  /**
   * Returns an exception with the reason why the brokers reject the job's requests, or the failure
   * itself if they do not.
   */
  IOException explain(IOException failure) {
    return BrokerFailure.reason(failure, bootstrapServers)
        .map(reason -> new IOException("output '%s': %s".formatted(alias, reason), failure))
        .orElse(failure);
  }
}

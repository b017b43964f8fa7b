package dev.outflow.kafka.output;

import dev.outflow.kafka.transaction.CheckpointTimes;
import java.util.Optional;
import java.util.Properties;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.connector.sink.DynamicTableSink;
import org.apache.kafka.clients.producer.ProducerConfig;

/**
 * A table sink that writes the bad records of an input to its dead-letter topic.
 *
 * @param job the job's name, if it has one
 */
record DeadLetterTable(
    Optional<String> job, String input, KafkaOutput output, CheckpointTimes checkpoints)
    implements DynamicTableSink {
  /** In bytes. */
  private static final String MAX_SIZE = String.valueOf(64 * 1024 * 1024);

  /** Bad records are always new rows, whatever the input's changelog mode. */
  @Override
  public ChangelogMode getChangelogMode(ChangelogMode requested) {
    return requested;
  }

  @Override
  public SinkRuntimeProvider getSinkRuntimeProvider(Context context) {
    String name = input + " dead letters";
    Properties producer = producerProperties();
    return new NamedSinkProvider(
        name,
        "dead-letters-" + input,
        output.sink(
            name,
            checkpoints,
            producer,
            new DeadLetterSerializer(
                job.orElse(null), input, output.topic().names().get(0), producer)));
  }

  /** Raises the producer's default limits: only the topic limits the size of dead letters. */
  private Properties producerProperties() {
    Properties properties = output.producerProperties();
    properties.putIfAbsent(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, MAX_SIZE);
    properties.putIfAbsent(ProducerConfig.BUFFER_MEMORY_CONFIG, MAX_SIZE);
    return properties;
  }

  @Override
  public DynamicTableSink copy() {
    return this;
  }

  @Override
  public String asSummaryString() {
    return "kafka-dead-letters of " + input;
  }
}

package dev.outflow.kafka.output;

import dev.outflow.kafka.transaction.CheckpointTimes;
import java.util.Optional;
import java.util.Properties;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.connector.sink.DynamicTableSink;
import org.apache.kafka.clients.producer.ProducerConfig;

/**
 * A Flink table that writes the bad records of one input as dead letters.
 *
 * @param job the job's name, if it has one
 */
record DeadLetterTable(
    Optional<String> job, String input, KafkaOutput output, CheckpointTimes checkpoints)
    implements DynamicTableSink {
  /** In bytes, as a producer's properties have it. */
  private static final String LARGEST = String.valueOf(64 * 1024 * 1024);

  /** Bad records are new rows, whatever the format of the input makes of good ones. */
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
            new DeadLetterSerializer(job.orElse(null), input, output.topic(), producer)));
  }

  /** What was read may be larger than what a producer sends by default: the topic decides. */
  private Properties producerProperties() {
    Properties properties = output.producerProperties();
    properties.putIfAbsent(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, LARGEST);
    properties.putIfAbsent(ProducerConfig.BUFFER_MEMORY_CONFIG, LARGEST);
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

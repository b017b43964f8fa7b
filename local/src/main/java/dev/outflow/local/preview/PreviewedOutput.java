package dev.outflow.local.preview;

import dev.outflow.definition.JobDefinition;
import dev.outflow.kafka.option.KafkaOptions;
import dev.outflow.kafka.output.KafkaOutput;
import java.util.List;

/**
 * Where a previewed job would write.
 *
 * @param topics one, unless a column names the topic
 */
record PreviewedOutput(String alias, List<String> topics, String bootstrapServers) {
  static PreviewedOutput of(JobDefinition job, String alias) {
    KafkaOutput kafka =
        KafkaOutput.of(
            job.outputs().get(alias).options(), KafkaOptions.defaultId(job.name(), alias));
    return new PreviewedOutput(alias, kafka.topic().names(), kafka.connection().bootstrapServers());
  }

  /** Returns for example {@code output large_orders (topic large-orders at broker:9092)}. */
  @Override
  public String toString() {
    return "output %s (%s %s at %s)"
        .formatted(
            alias,
            topics.size() == 1 ? "topic" : "topics",
            String.join(", ", topics),
            bootstrapServers);
  }
}

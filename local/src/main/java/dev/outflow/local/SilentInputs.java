package dev.outflow.local;

import dev.outflow.definition.InputDefinition;
import dev.outflow.definition.JobDefinition;
import dev.outflow.kafka.TopicSubscription;
import dev.outflow.kafka.input.KafkaInput;
import dev.outflow.kafka.input.KafkaInputOptions;
import dev.outflow.kafka.option.KafkaOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What to do if a running job has received no record for some time.
 *
 * @param topics the topics of its Kafka inputs, names in quotes
 * @param after how long it waits before it says so
 */
record SilentInputs(List<String> topics, Duration after) {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  static SilentInputs of(JobDefinition job) {
    List<String> topics = new ArrayList<>();
    job.inputs()
        .forEach(
            (name, input) -> {
              if (input.isKafka()) {
                addTopics(topics, job, name, input);
              }
            });
    return new SilentInputs(topics, PATIENCE);
  }

  private static void addTopics(
      List<String> topics, JobDefinition job, String name, InputDefinition input) {
    TopicSubscription read =
        KafkaInput.of(input.options(), KafkaOptions.defaultId(job.name(), name)).topics();
    if (read instanceof TopicSubscription.TopicPattern) {
      topics.add(read.toString());
    }
    read.names().forEach(topic -> topics.add("'" + topic + "'"));
  }

  String hint() {
    return "no records for %d s: nothing has been written to %s since the job started, or %s skips the existing records (earliest reads them). To fill a topic, run with --generator FILE: docs/transform.md, Records of your own"
        .formatted(
            after.toSeconds(),
            String.join(", ", topics),
            "'" + KafkaInputOptions.START.key() + "'");
  }
}

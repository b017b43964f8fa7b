package dev.outflow.local.preview;

import dev.outflow.definition.JobDefinition;
import dev.outflow.kafka.TopicSubscription;
import dev.outflow.kafka.input.KafkaInput;
import dev.outflow.kafka.option.KafkaOptions;
import java.util.Collection;
import java.util.List;

/**
 * A Kafka input of a previewed job.
 *
 * @param hasEventTime whether it has a watermark
 */
public record PreviewedInput(
    String name, TopicSubscription topics, String bootstrapServers, boolean hasEventTime) {
  static List<PreviewedInput> of(JobDefinition job, Collection<String> names) {
    return names.stream().map(name -> of(job, name)).toList();
  }

  private static PreviewedInput of(JobDefinition job, String name) {
    KafkaInput kafka =
        KafkaInput.of(job.inputs().get(name).options(), KafkaOptions.defaultId(job.name(), name));
    return new PreviewedInput(
        name,
        kafka.topics(),
        kafka.connection().bootstrapServers(),
        job.inputs().get(name).eventTime().isPresent());
  }

  /** Returns for example {@code input orders (topic orders at broker:9092)}. */
  @Override
  public String toString() {
    String kind = topics.names().size() == 1 ? "topic" : "topics";
    return "input %s (%s %s at %s)".formatted(name, kind, topics, bootstrapServers);
  }
}

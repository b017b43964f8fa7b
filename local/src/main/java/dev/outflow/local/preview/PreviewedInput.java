package dev.outflow.local.preview;

import dev.outflow.definition.EventTime;
import dev.outflow.definition.JobDefinition;
import dev.outflow.kafka.TopicSubscription;
import dev.outflow.kafka.input.KafkaInput;
import dev.outflow.kafka.option.KafkaOptions;
import dev.outflow.kafka.ordering.OrderingPolicy;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * A Kafka input of a previewed job.
 *
 * @param eventTime where its watermark comes from
 */
public record PreviewedInput(
    String name, TopicSubscription topics, String bootstrapServers, Optional<EventTime> eventTime) {
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
        job.inputs().get(name).eventTime());
  }

  boolean hasOrdering() {
    return eventTime.filter(EventTime::isOrdered).isPresent();
  }

  /** Returns whether its event ordering drops records instead of adjusting their time. */
  boolean dropsRecords() {
    return hasOrdering()
        && eventTime.flatMap(EventTime::policy).equals(Optional.of(OrderingPolicy.DROP));
  }

  /** Returns for example {@code input orders (topic orders at broker:9092)}. */
  @Override
  public String toString() {
    String kind = topics.names().size() == 1 ? "topic" : "topics";
    return "input %s (%s %s at %s)".formatted(name, kind, topics, bootstrapServers);
  }
}

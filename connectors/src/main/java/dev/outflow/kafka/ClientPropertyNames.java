package dev.outflow.kafka;

import dev.outflow.kafka.option.KafkaOptions;
import dev.outflow.option.OptionProblem;
import dev.outflow.option.Suggestion;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;

/**
 * The property names that Kafka's clients define. Plugins define others, so unknown names are
 * allowed; one that differs from a known name by a typo is rejected, where Kafka would only log it.
 */
final class ClientPropertyNames {
  private static final Set<String> KNOWN = ContextClassLoader.with(ClientPropertyNames::names);

  private ClientPropertyNames() {}

  /** Returns a problem for each name that is probably a typo. */
  static List<OptionProblem> misspelled(Collection<String> properties) {
    return properties.stream()
        .filter(name -> !KNOWN.contains(name))
        .flatMap(
            name ->
                Suggestion.misspelled(KNOWN, name).stream()
                    .map(
                        meant ->
                            new OptionProblem(
                                KafkaOptions.KAFKA_PREFIX + name,
                                "is not a Kafka client property; did you mean '%s'?"
                                    .formatted(meant))))
        .toList();
  }

  private static Set<String> names() {
    Set<String> names = new TreeSet<>(ProducerConfig.configNames());
    names.addAll(ConsumerConfig.configNames());
    names.addAll(AdminClientConfig.configNames());
    return names;
  }
}

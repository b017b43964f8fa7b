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
 * The names of the properties of Kafka's clients. Others are allowed, because plugins have their
 * own; one that is nearly a name of Kafka's is a slip, which Kafka would only log.
 */
final class ClientPropertyNames {
  private static final Set<String> KNOWN = ContextClassLoader.with(ClientPropertyNames::known);

  private ClientPropertyNames() {}

  static List<OptionProblem> misspelt(Collection<String> written) {
    return written.stream()
        .filter(name -> !KNOWN.contains(name))
        .flatMap(
            name ->
                Suggestion.misspelt(KNOWN, name).stream()
                    .map(
                        meant ->
                            new OptionProblem(
                                KafkaOptions.KAFKA_PREFIX + name,
                                "is no property of Kafka's clients; did you mean '%s'?"
                                    .formatted(meant))))
        .toList();
  }

  private static Set<String> known() {
    Set<String> names = new TreeSet<>(ProducerConfig.configNames());
    names.addAll(ConsumerConfig.configNames());
    names.addAll(AdminClientConfig.configNames());
    return names;
  }
}

package dev.outflow.local;

import dev.outflow.definition.JobDefinition;
import dev.outflow.embedded.EmbeddedKafka;
import dev.outflow.kafka.error.ErrorPolicy;
import dev.outflow.kafka.input.KafkaInputOptions;
import dev.outflow.kafka.option.KafkaOptions;
import dev.outflow.kafka.option.ResolvedOptions;
import dev.outflow.kafka.output.KafkaOutputOptions;
import dev.outflow.security.SecurityOptions;
import dev.outflow.security.SecurityProtocol;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.flink.configuration.ConfigOption;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/**
 * The Kafka brokers of a local run. For each localhost address in the definitions where nothing
 * listens yet, an embedded broker is started with the topics that the definitions name. Other
 * addresses are left alone, as are those with a security protocol: an embedded broker has no
 * certificate.
 */
final class LocalBrokers implements AutoCloseable {
  private static final Pattern LOCALHOST =
      Pattern.compile("(?:localhost|127\\.0\\.0\\.1):(\\d{1,5})");
  private static final int PARTITIONS = 3;

  private final Set<String> addresses = new LinkedHashSet<>();
  private final List<LocalPort> inUse = new ArrayList<>();
  private final Map<Integer, EmbeddedKafka> embedded = new HashMap<>();

  private LocalBrokers() {}

  /** Starts the brokers that the definitions need. */
  static LocalBrokers start(List<JobDefinition> definitions) {
    LocalBrokers brokers = new LocalBrokers();
    brokers.add(definitions);
    return brokers;
  }

  /** Starts the brokers and creates the topics that these definitions need in addition. */
  void add(List<JobDefinition> definitions) {
    Map<Integer, Set<String>> topics = new TreeMap<>();
    for (JobDefinition definition : definitions) {
      kafkaTables(definition)
          .forEach(
              options ->
                  embeddedPort(options)
                      .ifPresentOrElse(
                          port ->
                              topics
                                  .computeIfAbsent(port, none -> new TreeSet<>())
                                  .addAll(topics(options)),
                          () -> addresses.add(bootstrapServers(options))));
    }
    topics.forEach((port, names) -> use(new LocalPort(port), names));
  }

  /** Returns the port of a table that an embedded broker can serve; otherwise empty. */
  static Optional<Integer> embeddedPort(Map<String, String> options) {
    Matcher localhost = LOCALHOST.matcher(bootstrapServers(options));
    return localhost.matches() && !isSecured(options)
        ? Optional.of(Integer.valueOf(localhost.group(1)))
        : Optional.empty();
  }

  /** Each address for people, with a note on who runs the broker. */
  List<String> addresses() {
    return List.copyOf(addresses);
  }

  /** Ports on which something was listening already, so that no broker was started there. */
  List<LocalPort> inUse() {
    return List.copyOf(inUse);
  }

  @Override
  public void close() {
    embedded.values().forEach(EmbeddedKafka::close);
  }

  private void use(LocalPort port, Set<String> topics) {
    if (embedded.containsKey(port.number())) {
      create(topics, embedded.get(port.number()));
    } else if (port.isInUse()) {
      inUse.add(port);
      addresses.add(
          "localhost:%d  (%s; --kafka-port starts an embedded broker on another port)"
              .formatted(port.number(), port.inUse()));
    } else {
      EmbeddedKafka broker = EmbeddedKafka.start(port.number());
      embedded.put(port.number(), broker);
      create(topics, broker);
      addresses.add(broker.bootstrapServers() + "  (embedded; data is discarded on exit)");
    }
  }

  private static void create(Set<String> topics, EmbeddedKafka broker) {
    try (Admin admin = broker.admin()) {
      Set<String> missing = new TreeSet<>(topics);
      missing.removeAll(admin.listTopics().names().get());
      admin
          .createTopics(
              missing.stream().map(name -> new NewTopic(name, PARTITIONS, (short) 1)).toList())
          .all()
          .get();
    } catch (ExecutionException | InterruptedException e) {
      throw new IllegalStateException("could not create the topics " + topics, e);
    }
  }

  private static Stream<Map<String, String>> kafkaTables(JobDefinition definition) {
    return Stream.concat(
            definition.inputs().values().stream()
                .filter(input -> input.isKafka())
                .map(input -> input.options()),
            definition.outputs().values().stream().map(output -> output.options()))
        .map(options -> ResolvedOptions.of(options).orThrow());
  }

  private static String bootstrapServers(Map<String, String> options) {
    return options.getOrDefault(KafkaOptions.BOOTSTRAP_SERVERS.key(), "");
  }

  private static List<String> topics(Map<String, String> options) {
    return Stream.of(
            KafkaOptions.TOPIC,
            KafkaInputOptions.TOPICS,
            KafkaOutputOptions.TOPIC_ALLOWED,
            ErrorPolicy.DEAD_LETTER_TOPIC)
        .map(ConfigOption::key)
        .filter(options::containsKey)
        .flatMap(key -> Stream.of(options.get(key).split(";")))
        .map(String::strip)
        .toList();
  }

  private static boolean isSecured(Map<String, String> options) {
    String none = SecurityProtocol.NONE.toString();
    return !options
            .getOrDefault(SecurityOptions.SECURITY_PROTOCOL.key(), none)
            .equalsIgnoreCase(none)
        || options.containsKey("kafka.security.protocol");
  }
}

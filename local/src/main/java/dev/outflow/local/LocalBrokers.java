package dev.outflow.local;

import dev.outflow.definition.JobDefinition;
import dev.outflow.embedded.EmbeddedKafka;
import dev.outflow.kafka.error.ErrorPolicy;
import dev.outflow.kafka.option.KafkaOptions;
import dev.outflow.kafka.option.ResolvedOptions;
import dev.outflow.security.SecurityOptions;
import dev.outflow.security.SecurityProtocol;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.flink.configuration.ConfigOption;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/**
 * A Kafka broker for each address on this machine that definitions name and where nothing listens
 * yet, with the topics that they name. Any other address is left alone, and so is one whose
 * connections are to be secured: the embedded broker has no certificate to show.
 */
final class LocalBrokers implements AutoCloseable {
  private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1");
  private static final int PARTITIONS = 3;
  private static final int CONNECT_MS = 500;

  private final List<EmbeddedKafka> brokers = new ArrayList<>();

  private LocalBrokers() {}

  /** Starts what the definitions need. */
  static LocalBrokers start(List<JobDefinition> definitions) {
    Map<Integer, Set<String>> topics = new TreeMap<>();
    definitions.stream()
        .flatMap(LocalBrokers::kafkaTables)
        .forEach(
            options ->
                port(options.get(KafkaOptions.BOOTSTRAP_SERVERS.key()))
                    .ifPresent(
                        port ->
                            topics
                                .computeIfAbsent(port, none -> new TreeSet<>())
                                .addAll(topics(options))));
    LocalBrokers local = new LocalBrokers();
    topics.forEach(
        (port, names) -> {
          if (!listening(port)) {
            local.start(port, names);
          }
        });
    return local;
  }

  /** {@code localhost:9092} of each broker that was started. */
  List<String> addresses() {
    return brokers.stream().map(EmbeddedKafka::bootstrapServers).toList();
  }

  @Override
  public void close() {
    brokers.forEach(EmbeddedKafka::close);
  }

  private void start(int port, Set<String> topics) {
    EmbeddedKafka broker = EmbeddedKafka.start(port);
    brokers.add(broker);
    try (Admin admin = broker.admin()) {
      admin
          .createTopics(
              topics.stream().map(name -> new NewTopic(name, PARTITIONS, (short) 1)).toList())
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
        .map(options -> ResolvedOptions.of(options).orThrow())
        .filter(options -> !isSecured(options));
  }

  private static List<String> topics(Map<String, String> options) {
    return Stream.of(KafkaOptions.TOPIC, ErrorPolicy.DEAD_LETTER_TOPIC)
        .map(ConfigOption::key)
        .filter(options::containsKey)
        .map(options::get)
        .toList();
  }

  private static boolean isSecured(Map<String, String> options) {
    String none = SecurityProtocol.NONE.toString();
    return !options
            .getOrDefault(SecurityOptions.SECURITY_PROTOCOL.key(), none)
            .equalsIgnoreCase(none)
        || options.containsKey("kafka.security.protocol");
  }

  /** The port, if it is one address on this machine. */
  private static Optional<Integer> port(String bootstrapServers) {
    String[] parts = bootstrapServers.split(":", -1);
    return parts.length == 2 && THIS_MACHINE.contains(parts[0])
        ? Optional.of(Integer.parseInt(parts[1]))
        : Optional.empty();
  }

  private static boolean listening(int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECT_MS);
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}

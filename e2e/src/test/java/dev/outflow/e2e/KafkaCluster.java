package dev.outflow.e2e;

import static java.util.stream.Collectors.joining;

import dev.outflow.embedded.KafkaAddress;
import dev.outflow.embedded.OwnJvm;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;
import kafka.tools.StorageTool;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.Uuid;

/**
 * Kafka brokers on 127.0.0.1, one process each. With three brokers every topic, internal topics
 * included, has a replication factor of 3 and {@code min.insync.replicas} of 2.
 *
 * <p>Each broker can be killed, paused and restarted with its data.
 */
final class KafkaCluster implements KafkaAddress, AutoCloseable {
  private static final Duration STARTING = Duration.ofMinutes(3);

  private final List<KafkaBroker> brokers;
  private final List<JavaProcess> processes;

  private KafkaCluster(List<KafkaBroker> brokers, List<JavaProcess> processes) {
    this.brokers = brokers;
    this.processes = processes;
  }

  /** Starts one broker or three and waits until they are ready. */
  static KafkaCluster start(Path folder, int brokers) throws IOException {
    return start(folder, KafkaSettings.brokers(brokers));
  }

  /** Starts the brokers and waits until all have joined the cluster. */
  static KafkaCluster start(Path folder, KafkaSettings settings) throws IOException {
    List<KafkaBroker> brokers = new ArrayList<>();
    for (int id = 1; id <= settings.brokers(); id++) {
      brokers.add(KafkaBroker.onFreePorts(id));
    }
    String clusterId = Uuid.randomUuid().toString();
    List<JavaProcess> processes = new ArrayList<>();
    KafkaCluster cluster = new KafkaCluster(brokers, processes);
    try {
      for (KafkaBroker broker : brokers) {
        Path own = Files.createDirectories(folder.resolve("broker-" + broker.id()));
        Path properties =
            write(own, broker.properties(brokers, settings, own.resolve("data").toString()));
        format(clusterId, properties);
        processes.add(command(broker, own, properties).start());
      }
      cluster.awaitBrokers(brokers.size());
      return cluster;
    } catch (Throwable e) {
      cluster.close();
      throw e;
    }
  }

  /**
   * Returns the addresses for clients, which can lead through {@link KafkaSettings#advertised()}.
   */
  @Override
  public String bootstrapServers() {
    return addresses(KafkaBroker::clients);
  }

  /** Returns the addresses that lead straight to the brokers. */
  KafkaAddress direct() {
    return () -> addresses(KafkaBroker::direct);
  }

  /** Returns the brokers in order. */
  List<KafkaBroker> brokers() {
    return List.copyOf(brokers);
  }

  /** Returns the process of the broker at this index. */
  JavaProcess process(int index) {
    return processes.get(index);
  }

  /** Sends SIGKILL. */
  void kill(int index) {
    process(index).kill();
  }

  /** Restarts a broker on the same ports and waits until all running brokers have joined. */
  void restart(int index) throws IOException {
    kill(index);
    processes.set(index, process(index).command().start());
    awaitBrokers((int) processes.stream().filter(JavaProcess::isAlive).count());
  }

  /** Sends SIGSTOP. */
  void pause(int index) {
    process(index).pause();
  }

  /** Sends SIGCONT. */
  void resume(int index) {
    process(index).resume();
  }

  /** Creates a topic with the default replication factor. */
  void createTopic(String name, int partitions) throws Exception {
    try (Admin admin = direct().admin()) {
      admin
          .createTopics(List.of(new NewTopic(name, Optional.of(partitions), Optional.empty())))
          .all()
          .get();
    }
  }

  @Override
  public void close() {
    processes.forEach(JavaProcess::close);
  }

  private void awaitBrokers(int number) {
    try (Admin admin = direct().admin()) {
      Await.until(
          number + " brokers have joined the cluster",
          STARTING,
          processes,
          () -> admin.describeCluster().nodes().get().size() == number);
    }
  }

  private String addresses(ToIntFunction<KafkaBroker> port) {
    return brokers.stream()
        .map(broker -> "localhost:" + port.applyAsInt(broker))
        .collect(joining(","));
  }

  private static JavaCommand command(KafkaBroker broker, Path folder, Path properties)
      throws IOException {
    return new JavaCommand(
        "broker-" + broker.id(),
        new OwnJvm(Map.of(), List.of("-Xmx320m", Logging.toOutput(folder))),
        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
            .map(Path::of)
            .toList(),
        "kafka.Kafka",
        List.of(properties.toString()),
        folder,
        folder.resolve("broker.log"));
  }

  private static Path write(Path folder, Map<String, String> properties) throws IOException {
    return Files.writeString(
        folder.resolve("server.properties"),
        properties.entrySet().stream()
            .map(property -> property.getKey() + "=" + property.getValue() + "\n")
            .collect(joining()));
  }

  private static void format(String clusterId, Path properties) {
    PrintStream unread =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    String[] arguments = {"format", "-t", clusterId, "-c", properties.toString()};
    int exit = StorageTool.execute(arguments, unread);
    if (exit != 0) {
      throw new IllegalStateException("could not format the storage of " + properties);
    }
  }
}

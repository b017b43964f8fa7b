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
 * Kafka brokers, a process each, on 127.0.0.1. With three of them every topic, transactions and
 * offsets too, has three replicas, two of which must be in sync.
 *
 * <p>Each may be killed, paused and started again with all that it had stored.
 */
final class KafkaCluster implements KafkaAddress, AutoCloseable {
  private static final Duration STARTING = Duration.ofMinutes(3);

  private final List<KafkaBroker> brokers;
  private final List<JavaProcess> processes;

  private KafkaCluster(List<KafkaBroker> brokers, List<JavaProcess> processes) {
    this.brokers = brokers;
    this.processes = processes;
  }

  /** One broker or three, ready when this returns. */
  static KafkaCluster start(Path folder, int brokers) throws IOException {
    return start(folder, KafkaSettings.brokers(brokers));
  }

  /** Ready when this returns: every broker takes part. */
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

  /** Where clients connect, by {@link KafkaSettings#advertised()} if that differs. */
  @Override
  public String bootstrapServers() {
    return addresses(KafkaBroker::clients);
  }

  /** The same brokers, with nothing in between whatever they advertise to others. */
  KafkaAddress direct() {
    return () -> addresses(KafkaBroker::direct);
  }

  /** The ports and ids of the brokers, by their places. */
  List<KafkaBroker> brokers() {
    return List.copyOf(brokers);
  }

  /** The broker's process at this place, counted from 0. */
  JavaProcess process(int index) {
    return processes.get(index);
  }

  /** SIGKILL. */
  void kill(int index) {
    process(index).kill();
  }

  /** Starts a killed broker on the same ports; all that live take part when this returns. */
  void restart(int index) throws IOException {
    kill(index);
    processes.set(index, process(index).command().start());
    awaitBrokers((int) processes.stream().filter(JavaProcess::isAlive).count());
  }

  /** SIGSTOP. */
  void pause(int index) {
    process(index).pause();
  }

  /** SIGCONT. */
  void resume(int index) {
    process(index).resume();
  }

  /** Creates a topic with as many replicas as the brokers say. */
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
          number + " brokers take part",
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
        new OwnJvm(
            Map.of(), List.of("-Xmx320m", "-XX:TieredStopAtLevel=1", Logging.toOutput(folder))),
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
      throw new IllegalStateException("could not prepare the folder of " + properties);
    }
  }
}

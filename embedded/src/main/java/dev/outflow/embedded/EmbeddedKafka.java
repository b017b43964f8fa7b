package dev.outflow.embedded;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/**
 * One Kafka broker (KRaft, controller included) in this JVM, reachable from this machine only.
 *
 * <p>It is a real broker with transactions, on 127.0.0.1. It does not create topics automatically,
 * so that missing topics are noticed as in production.
 */
public final class EmbeddedKafka implements KafkaAddress, AutoCloseable {
  private static final String LOOPBACK = "127.0.0.1";
  private static final Set<Integer> RETURNED = ConcurrentHashMap.newKeySet();

  private final int port;
  private final TemporaryFolder data;
  private final Map<String, String> properties;
  private KafkaRaftServer server;

  private EmbeddedKafka(int port, TemporaryFolder data) {
    this.port = port;
    this.data = data;
    this.properties = properties(port, freePort(), data.path());
  }

  /** Starts a broker on a free port; ready when this returns, after about 5 s. */
  public static EmbeddedKafka start() {
    return start(freePort());
  }

  /** Starts a broker on {@code port}; ready when this returns. */
  public static EmbeddedKafka start(int port) {
    return start(port, UnaryOperator.identity());
  }

  /** Starts a broker whose properties {@code change} has modified. */
  static EmbeddedKafka start(int port, UnaryOperator<Map<String, String>> change) {
    EmbeddedKafka broker = new EmbeddedKafka(port, TemporaryFolder.create("outflow-kafka"));
    try {
      format(broker.data.path());
      broker.startAgain(change);
      return broker;
    } catch (IllegalStateException e) {
      broker.close();
      throw e;
    }
  }

  /** Starts a stopped broker on the same ports, with the data that it has stored. */
  void startAgain(UnaryOperator<Map<String, String>> change) {
    try {
      KafkaConfig config = new KafkaConfig(change.apply(new HashMap<>(properties)));
      server = new KafkaRaftServer(config, Time.SYSTEM);
      server.startup();
    } catch (RuntimeException e) {
      throw new IllegalStateException(
          "Kafka did not start on port %d: %s".formatted(port, rootCause(e).getMessage()), e);
    }
  }

  /** Stops the broker and keeps its data. */
  void stop() {
    if (server != null) {
      server.shutdown();
      server.awaitShutdown();
    }
  }

  /** Returns {@code localhost:port}. */
  @Override
  public String bootstrapServers() {
    return "localhost:" + port;
  }

  /** Returns the log directory, with a folder {@code topic-partition} for each partition. */
  public Path logFolder() {
    return data.path();
  }

  @Override
  public void close() {
    stop();
    data.close();
  }

  private static Map<String, String> properties(int port, int controllerPort, Path data) {
    Map<String, String> properties = new HashMap<>();
    properties.put("node.id", "1");
    properties.put("process.roles", "broker,controller");
    properties.put(
        "listeners",
        "PLAINTEXT://%s:%d,CONTROLLER://%s:%d".formatted(LOOPBACK, port, LOOPBACK, controllerPort));
    properties.put("advertised.listeners", "PLAINTEXT://localhost:" + port);
    properties.put("controller.listener.names", "CONTROLLER");
    properties.put("controller.quorum.voters", "1@%s:%d".formatted(LOOPBACK, controllerPort));
    properties.put("log.dirs", data.toString());
    properties.put("auto.create.topics.enable", "false");
    // Tests write records with old timestamps, which Kafka would otherwise delete.
    properties.put("log.retention.ms", "-1");
    properties.put("group.initial.rebalance.delay.ms", "0");
    properties.put("offsets.topic.num.partitions", "1");
    for (String internalTopic : new String[] {"offsets.topic", "transaction.state.log"}) {
      properties.put(internalTopic + ".replication.factor", "1");
    }
    properties.put("transaction.state.log.num.partitions", "1");
    properties.put("transaction.state.log.min.isr", "1");
    properties.put("share.coordinator.state.topic.replication.factor", "1");
    properties.put("share.coordinator.state.topic.min.isr", "1");
    return properties;
  }

  private static void format(Path data) {
    try {
      new Formatter()
          .setPrintStream(
              new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
          .setClusterId(Uuid.randomUuid().toString())
          .setNodeId(1)
          .setReleaseVersion(MetadataVersion.latestProduction())
          .setControllerListenerName("CONTROLLER")
          .setMetadataLogDirectory(data.toString())
          .addDirectory(data.toString())
          .run();
    } catch (Exception e) {
      throw new IllegalStateException(
          "Kafka did not start in %s: %s".formatted(data, rootCause(e).getMessage()), e);
    }
  }

  private static Throwable rootCause(Throwable failure) {
    return failure.getCause() == null ? failure : rootCause(failure.getCause());
  }

  /** Returns a port that is free and was not returned before: the system may offer one twice. */
  static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return RETURNED.add(socket.getLocalPort()) ? socket.getLocalPort() : freePort();
    } catch (IOException e) {
      throw new IllegalStateException("no free port on " + LOOPBACK, e);
    }
  }
}

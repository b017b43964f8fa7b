package dev.outflow.embedded;

import java.io.File;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Security;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import javax.security.auth.login.AppConfigurationEntry;
import javax.security.auth.login.AppConfigurationEntry.LoginModuleControlFlag;
import javax.security.auth.login.Configuration;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.security.plain.internals.PlainSaslServerProvider;

/**
 * A broker of Kafka 0.10 to 2.4 and its ZooKeeper in this JVM, reachable from this machine only.
 * Their classes are in a class loader of their own, from jars that the build copies.
 *
 * <p>The broker listens twice: without authentication, and with SASL/PLAIN for {@link #USERNAME}.
 * It does not create topics automatically.
 */
public final class OldKafka implements KafkaAddress, AutoCloseable {
  public static final String USERNAME = "alice";
  public static final String PASSWORD = "alice-secret";

  /** The JVM has one by this name: whichever version of Kafka is loaded first registers it. */
  private static final String PLAIN = "Simple SASL/PLAIN Server Provider";

  private static final String LOOPBACK = "127.0.0.1";
  private static final Path JARS = Path.of("..", "embedded", "target", "old-kafka");

  private final int port = EmbeddedKafka.freePort();
  private final int saslPort = EmbeddedKafka.freePort();
  private final TemporaryFolder data = TemporaryFolder.create("outflow-old-kafka");
  private final URLClassLoader classes;
  private Object zooKeeper;
  private Object broker;

  private OldKafka(String version) {
    classes = new URLClassLoader(jars(version), ClassLoader.getPlatformClassLoader());
  }

  /** Starts a broker; ready when this returns, after about 4 s. */
  public static OldKafka start(String version) {
    OldKafka kafka = new OldKafka(version);
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    Security.removeProvider(PLAIN);
    thread.setContextClassLoader(kafka.classes);
    try {
      kafka.discardLogs();
      kafka.startBroker(kafka.startZooKeeper());
      return kafka;
    } catch (ReflectiveOperationException | RuntimeException e) {
      kafka.close();
      throw new IllegalStateException("Kafka %s did not start".formatted(version), e);
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  /** Returns {@code localhost:port} of the listener without authentication. */
  @Override
  public String bootstrapServers() {
    return "localhost:" + port;
  }

  /** Creates a topic; {@link TestTopic#create} uses a default that brokers have since 2.4. */
  public TestTopic topic(int partitions) throws Exception {
    TestTopic topic = new TestTopic(this, "topic-" + UUID.randomUUID(), partitions);
    try (Admin admin = admin()) {
      admin.createTopics(List.of(new NewTopic(topic.name(), partitions, (short) 1))).all().get();
    }
    return topic;
  }

  /** Returns {@code localhost:port} of the listener with SASL/PLAIN. */
  public String saslBootstrapServers() {
    return "localhost:" + saslPort;
  }

  @Override
  public void close() {
    try (data;
        classes) {
      if (broker != null) {
        invoke(broker, "shutdown");
        invoke(broker, "awaitShutdown");
      }
      if (zooKeeper != null) {
        invoke(zooKeeper, "shutdown");
      }
      Configuration.setConfiguration(null);
      Security.removeProvider(PLAIN);
      PlainSaslServerProvider.initialize(); // Kafka's own call does not happen twice.
    } catch (Exception e) {
      throw new IllegalStateException("Kafka did not stop", e);
    }
  }

  private void discardLogs() throws ReflectiveOperationException {
    Class<?> appender = type("org.apache.log4j.Appender");
    type("org.apache.log4j.BasicConfigurator")
        .getMethod("configure", appender)
        .invoke(null, type("org.apache.log4j.varia.NullAppender").getConstructor().newInstance());
  }

  /** Returns its address. */
  private String startZooKeeper() throws ReflectiveOperationException {
    Class<?> type = type("org.apache.zookeeper.server.ZooKeeperServer");
    Path folder = data.path().resolve("zookeeper");
    Object server =
        type.getConstructor(File.class, File.class, int.class)
            .newInstance(folder.toFile(), folder.toFile(), 2_000);
    zooKeeper =
        type("org.apache.zookeeper.server.NIOServerCnxnFactory").getConstructor().newInstance();
    zooKeeper
        .getClass()
        .getMethod("configure", InetSocketAddress.class, int.class)
        .invoke(zooKeeper, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    zooKeeper.getClass().getMethod("startup", type).invoke(zooKeeper, server);
    return LOOPBACK + ":" + invoke(zooKeeper, "getLocalPort");
  }

  /**
   * Starts {@code KafkaServer}, which throws where {@code KafkaServerStartable} would exit from
   * this JVM. Its constructor's other arguments have default values, whose number depends on the
   * version.
   */
  private void startBroker(String zooKeeper) throws ReflectiveOperationException {
    Configuration.setConfiguration(new BrokerUsers());
    Object config =
        type("kafka.server.KafkaConfig")
            .getMethod("fromProps", Properties.class)
            .invoke(null, properties(zooKeeper));
    Class<?> type = type("kafka.server.KafkaServer");
    Constructor<?> constructor = type.getConstructors()[0];
    List<Object> arguments = new ArrayList<>(List.of(config));
    for (int i = 2; i <= constructor.getParameterCount(); i++) {
      arguments.add(type.getMethod("$lessinit$greater$default$" + i).invoke(null));
    }
    broker = constructor.newInstance(arguments.toArray());
    invoke(broker, "startup");
  }

  private Properties properties(String zooKeeper) {
    Properties properties = new Properties();
    properties.putAll(
        Map.of(
            "broker.id",
            "0",
            "listeners",
            "PLAINTEXT://%1$s:%2$d,SASL_PLAINTEXT://%1$s:%3$d".formatted(LOOPBACK, port, saslPort),
            "sasl.enabled.mechanisms",
            "PLAIN",
            "zookeeper.connect",
            zooKeeper,
            "log.dirs",
            data.path().resolve("logs").toString(),
            "auto.create.topics.enable",
            "false",
            "log.retention.ms",
            "-1",
            "group.initial.rebalance.delay.ms",
            "0"));
    for (String internalTopic : new String[] {"offsets.topic", "transaction.state.log"}) {
      properties.put(internalTopic + ".num.partitions", "1");
      properties.put(internalTopic + ".replication.factor", "1");
    }
    properties.put("transaction.state.log.min.isr", "1");
    properties.put("controlled.shutdown.enable", "false");
    return properties;
  }

  private Class<?> type(String name) throws ClassNotFoundException {
    return Class.forName(name, true, classes);
  }

  private static Object invoke(Object object, String method) throws ReflectiveOperationException {
    Method found = object.getClass().getMethod(method);
    try {
      return found.invoke(object);
    } catch (InvocationTargetException e) {
      throw new IllegalStateException(method + " failed: " + e.getCause(), e.getCause());
    }
  }

  /** The version's own jars first: some replace one of those that all versions share. */
  private static URL[] jars(String version) {
    List<URL> jars = new ArrayList<>();
    for (String folder : new String[] {"kafka-" + version, "common"}) {
      try (DirectoryStream<Path> files = Files.newDirectoryStream(JARS.resolve(folder), "*.jar")) {
        for (Path file : files) {
          jars.add(file.toUri().toURL());
        }
      } catch (IOException e) {
        throw new IllegalStateException("mvn process-test-resources copies " + JARS, e);
      }
    }
    return jars.toArray(URL[]::new);
  }

  /** The JVM's JAAS configuration: before 1.1, a broker had no other place for its users. */
  private static final class BrokerUsers extends Configuration {
    @Override
    public AppConfigurationEntry[] getAppConfigurationEntry(String name) {
      if (!name.equals("KafkaServer") && !name.endsWith(".KafkaServer")) {
        return null;
      }
      return new AppConfigurationEntry[] {
        new AppConfigurationEntry(
            "org.apache.kafka.common.security.plain.PlainLoginModule",
            LoginModuleControlFlag.REQUIRED,
            Map.of("user_" + USERNAME, PASSWORD))
      };
    }
  }
}

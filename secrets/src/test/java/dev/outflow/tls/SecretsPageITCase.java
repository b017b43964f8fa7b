package dev.outflow.tls;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outflow.embedded.FakeKeyVault;
import dev.outflow.embedded.FakeManagedIdentity;
import dev.outflow.embedded.KeyVaultExtension;
import dev.outflow.embedded.SecureKafka;
import dev.outflow.embedded.SecuredBroker;
import dev.outflow.embedded.TestAuthority;
import dev.outflow.embedded.TestTopic;
import java.io.File;
import java.io.IOException;
import java.io.StringReader;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.function.Consumer;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Runs the producers of docs/secrets.md and rotates their secrets, in a class loader without Flink.
 */
@ExtendWith(KeyVaultExtension.class)
class SecretsPageITCase {
  private static final Path PAGE = Path.of("../docs/secrets.md");
  private static final Pattern PROPERTIES = Pattern.compile("(?s)```properties\n(.*?)```");

  private static SecuredBroker broker;
  private URLClassLoader withoutFlink;

  @BeforeAll
  static void start(FakeKeyVault vault, FakeManagedIdentity identity) {
    identity.work();
    broker = SecuredBroker.start(vault);
  }

  @AfterAll
  static void stop() {
    broker.close();
  }

  @BeforeEach
  void createClassLoader() throws MalformedURLException {
    List<URL> urls = new ArrayList<>();
    for (String entry :
        List.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))) {
      if (!entry.contains("flink")) {
        urls.add(Path.of(entry).toUri().toURL());
      }
    }
    withoutFlink =
        new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
  }

  @AfterEach
  void closeClassLoader() throws IOException {
    withoutFlink.close();
  }

  @Test
  void producesWithTheExamplesAndAfterRotatingCaPasswordAndClientCertificate() throws Exception {
    TestTopic topic = TestTopic.create(broker.kafka().broker(), 1);
    try (PlainClient password = new PlainClient(examples().get(0), topic);
        PlainClient certificate = new PlainClient(examples().get(1), topic)) {
      password.send("password");
      certificate.send("certificate");

      TestAuthority next = TestAuthority.create("The next CA");
      broker.kafka().stop();
      broker.vault().put("kafka-ca", next.pem());
      broker.vault().put("kafka-password", "the next password");
      SecuredBroker.putClient(broker.vault(), next.client("outflow"));
      broker.kafka().restart(next.server("localhost"), next, SecureKafka.USER, "the next password");
      password.send("next password");
      certificate.send("next certificate");
    }

    assertThat(topic.committed())
        .extracting(record -> new String(record.value(), UTF_8))
        .containsExactlyInAnyOrder("password", "certificate", "next password", "next certificate");
  }

  @Test
  void reportsAllInvalidPropertiesWhenTheProducerStarts() throws Exception {
    Properties properties = examples().get(0);
    properties.remove("outflow.password");
    properties.setProperty("outflow.truststore-certificates", "kafka_ca");

    assertThatThrownBy(() -> new PlainClient(properties, null))
        .hasStackTraceContaining(
            "outflow.password: is required\n"
                + "outflow.truststore-certificates: is not a valid secret name")
        .hasStackTraceContaining(ConfigException.class.getName());
  }

  /** The examples of the page, with the addresses of the test's broker and vault. */
  private List<Properties> examples() throws IOException {
    List<String> brokers = List.of(broker.kafka().saslSsl(), broker.kafka().mtls());
    List<Properties> examples = new ArrayList<>();
    for (MatchResult example : PROPERTIES.matcher(Files.readString(PAGE)).results().toList()) {
      Properties properties = new Properties();
      properties.load(new StringReader(example.group(1)));
      properties.replaceAll(
          (key, value) -> ((String) value).replace("my-vault", broker.vault().url()));
      properties.setProperty("bootstrap.servers", brokers.get(examples.size()));
      properties.setProperty("outflow.key-vault-credential", "managed-identity");
      examples.add(properties);
    }
    assertThat(examples).hasSize(2);
    return examples;
  }

  /** A producer whose classes, Kafka's included, cannot see Flink. */
  private final class PlainClient implements AutoCloseable {
    private final Object producer;

    PlainClient(Properties properties, TestTopic topic) throws ReflectiveOperationException {
      assertThatThrownBy(
              () -> withoutFlink.loadClass("org.apache.flink.configuration.ConfigOption"))
          .isInstanceOf(ClassNotFoundException.class);
      producer =
          withoutFlink
              .loadClass(PlainProducer.class.getName())
              .getConstructor(Properties.class, String.class)
              .newInstance(properties, topic == null ? "none" : topic.name());
      assertThat(producer).isNotInstanceOf(PlainProducer.class);
    }

    @SuppressWarnings("unchecked")
    void send(String value) {
      ((Consumer<String>) producer).accept(value);
    }

    @Override
    public void close() throws Exception {
      ((AutoCloseable) producer).close();
    }
  }
}

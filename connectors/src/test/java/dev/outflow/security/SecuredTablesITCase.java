package dev.outflow.security;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.outflow.embedded.FakeKeyVault;
import dev.outflow.embedded.FakeManagedIdentity;
import dev.outflow.embedded.FakeTokenIssuer;
import dev.outflow.embedded.KeyVaultExtension;
import dev.outflow.embedded.SecuredBroker;
import dev.outflow.embedded.TestTopic;
import dev.outflow.kafka.FlinkTables;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Writes and reads with every protocol and mechanism, with all secrets in the vault. */
@ExtendWith({MiniClusterExtension.class, KeyVaultExtension.class})
class SecuredTablesITCase {
  private static SecuredBroker broker;

  @BeforeAll
  static void start(FakeKeyVault vault, FakeManagedIdentity identity) {
    identity.work();
    broker = SecuredBroker.start(vault);
  }

  @AfterAll
  static void stop() {
    broker.close();
  }

  @ParameterizedTest
  @CsvSource({
    "sasl_plaintext, PLAIN",
    "sasl_plaintext, SCRAM-SHA-256",
    "sasl_plaintext, SCRAM-SHA-512",
    "sasl_ssl, PLAIN",
    "sasl_ssl, SCRAM-SHA-256",
    "sasl_ssl, SCRAM-SHA-512",
    "mtls, -"
  })
  void writesAndReadsWith(String protocol, String mechanism) throws Exception {
    writesAndReads(broker.options(protocol, mechanism));
  }

  @Test
  void writesAndReadsWithClientCredentials() throws Exception {
    Map<String, String> options = broker.options("sasl_ssl", "OAUTHBEARER");
    options.put("oauth-token-endpoint", broker.kafka().tokens().tokenEndpoint());
    options.put("username", FakeTokenIssuer.CLIENT_ID);
    broker.vault().put("client-secret", FakeTokenIssuer.CLIENT_SECRET);
    options.put("password", broker.inVault("client-secret"));

    writesAndReads(options);
  }

  @Test
  void writesAndReadsWithAzureIdentity(FakeManagedIdentity identity) throws Exception {
    identity.giving(broker.kafka().tokens().mint("a-managed-identity"));
    Map<String, String> options = broker.options("sasl_ssl", "OAUTHBEARER");
    options.remove("username");
    options.remove("password");

    writesAndReads(options);

    assertThat(identity.resources()).contains("https://localhost");
  }

  /** Copies a record between topics through the secured listener, exactly once. */
  private static void writesAndReads(Map<String, String> options) throws Exception {
    TestTopic from = TestTopic.create(broker.kafka().broker(), 1);
    TestTopic to = TestTopic.create(broker.kafka().broker(), 1);
    StreamTableEnvironment tables = FlinkTables.create(1);
    Map<String, String> reading = new HashMap<>(options);
    reading.putAll(Map.of("bounded", "true", "start", "earliest"));
    tables.executeSql(SecuredBroker.table("words", "kafka-output", from, options));
    tables.executeSql(SecuredBroker.table("words_again", "kafka-input", from, reading));
    tables.executeSql(SecuredBroker.table("copies", "kafka-output", to, options));

    FlinkTables.insert(tables.sqlQuery("SELECT 'through' AS word"), "words");
    FlinkTables.insert(tables.from("words_again"), "copies");

    assertThat(to.settled())
        .extracting(record -> new String(record.value(), UTF_8))
        .containsExactly("{\"word\":\"through\"}");
  }
}

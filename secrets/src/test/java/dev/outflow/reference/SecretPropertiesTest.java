package dev.outflow.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.outflow.keyvault.AzureCredential;
import dev.outflow.secret.SecretException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** The {@code outflow.*} properties of a Kafka client. */
class SecretPropertiesTest {
  /** Texts that a reader could mistake for a reference, an escape or the end of a value. */
  static final List<String> DIFFICULT_SECRETS =
      List.of(
          "${env:HOME}",
          "a${dir:/etc:hostname}b",
          "$1 \\1 \\$ $",
          "both \" and '",
          "C:\\new\\table",
          "a=b;c=d,e:f#g!h",
          " with blanks ",
          "pässwörd-\u65e5\u672c-\ud83d\udd11",
          "%20+%7B");

  private static final Set<String> CREDENTIALS = Set.of("username", "password");
  private static final Set<String> TLS =
      Set.of(
          "truststore-certificates",
          "truststore-password",
          "keystore-certificate-chain",
          "keystore-key",
          "keystore-key-password");

  @TempDir private Path folder;

  @ParameterizedTest
  @FieldSource("DIFFICULT_SECRETS")
  void readsDifficultSecretsFromFiles(String secret) throws IOException {
    Files.writeString(folder.resolve("whole"), secret + "\n");
    Properties keys = new Properties();
    keys.setProperty("key", secret);
    try (var writer = Files.newBufferedWriter(folder.resolve("keys.properties"))) {
      keys.store(writer, null);
    }

    assertThat(read("${dir:%s:whole}".formatted(folder))).isEqualTo(secret);
    assertThat(read("${file:%s/keys.properties:key}".formatted(folder))).isEqualTo(secret);
  }

  @ParameterizedTest
  @FieldSource("DIFFICULT_SECRETS")
  void readsDifficultSecretsThatKafkaHasResolved(String secret) throws IOException {
    Files.writeString(folder.resolve("password"), secret);
    Map<String, Object> client = new HashMap<>();
    client.put("bootstrap.servers", "localhost:1");
    client.put("key.serializer", ByteArraySerializer.class);
    client.put("value.serializer", ByteArraySerializer.class);
    client.put("config.providers", "dir,env");
    client.put(
        "config.providers.dir.class",
        "org.apache.kafka.common.config.provider.DirectoryConfigProvider");
    client.put("config.providers.env.class", "dev.outflow.reference.EnvironmentConfigProvider");
    client.put("outflow.username", "alice");
    client.put("outflow.password", "${dir:%s:password}".formatted(folder));

    Map<String, Object> resolved = new ProducerConfig(client).originals();
    Files.delete(folder.resolve("password"));

    assertThat(SecretProperties.of(resolved, CREDENTIALS, CREDENTIALS).read())
        .isEqualTo(Map.of("username", "alice", "password", secret));
  }

  @ParameterizedTest
  @FieldSource("DIFFICULT_SECRETS")
  void readsDifficultLiterals(String secret) {
    String literal = secret.replace("${", "$");

    assertThat(read(literal)).isEqualTo(literal);
  }

  @Test
  void readsDifficultSecretFromTheEnvironment() {
    assertThat(read("${env:OUTFLOW_TEST_SECRET}")).isEqualTo("a${env:HOME}$1 \"b\" 'c' \\d=e;f");
  }

  @Test
  void stripsTheLineEndOfAFile() throws IOException {
    Files.writeString(folder.resolve("password"), "wonder land \r\n");

    assertThat(read("${dir:%s:password}".formatted(folder))).isEqualTo("wonder land ");
  }

  @Test
  void rejectsCredentialWithNulCharacters() {
    assertThatExceptionOfType(SecretException.class)
        .isThrownBy(() -> read("s\0e\0c\0"))
        .withMessage("password: contains NUL characters, as UTF-16 text does; save it as UTF-8");
  }

  @Test
  void readsNamesOfSecretsReferencesAndPem() {
    Map<String, String> client =
        Map.of(
            "outflow.key-vault-name", "my-vault",
            "outflow.truststore-certificates", "kafka-ca",
            "outflow.keystore-certificate-chain", "-----BEGIN CERTIFICATE-----",
            "outflow.keystore-key", "${dir:/etc/tls:key.pem}",
            "outflow.username", "not a secret's name");

    assertThat(SecretProperties.of(client, TLS, Set.of()).values())
        .isEqualTo(
            Map.of(
                "truststore-certificates", "${keyvault:my-vault:kafka-ca}",
                "keystore-certificate-chain", "-----BEGIN CERTIFICATE-----",
                "keystore-key", "${dir:/etc/tls:key.pem}"));
  }

  @Test
  void hasDefaultsForCredentialAndRefreshInterval() {
    SecretProperties properties = SecretProperties.of(Map.of(), TLS, Set.of());

    assertThat(properties.credential()).isEqualTo(AzureCredential.DEFAULT);
    assertThat(properties.refreshInterval()).isEqualTo(Duration.ofMinutes(5));
  }

  @Test
  void writesTheClientPropertiesThatItReads() {
    SecretProperties properties =
        new SecretProperties(
            Map.of("password", "${env:P} 100% ü\n", "username", "alice"),
            AzureCredential.of("managed-identity:id"),
            Duration.ofSeconds(7));

    assertThat(SecretProperties.of(properties.clientProperties(), CREDENTIALS, CREDENTIALS))
        .isEqualTo(properties);
    assertThat(properties.toString()).doesNotContain("alice");
  }

  @Test
  void reportsAllProblemsAtOnce() {
    Map<String, Object> client = new HashMap<>();
    client.put("outflow.pasword", "hunter2");
    client.put("outflow.username", "alice");
    client.put("outflow.truststore-certificates", "kafka-ca");
    client.put("outflow.keystore-key", "${dir:/etc/tls:key.pem}");
    client.put("outflow.key-vault-credential", "me");
    client.put("outflow.key-vault-refresh-interval-ms", "5 min");

    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> SecretProperties.of(client, CREDENTIALS, CREDENTIALS))
        .withMessage(
            """
            outflow.key-vault-credential: 'me' is invalid; expected one of default, managed-identity, \
            workload-identity, environment, azure-cli; for a user-assigned identity, \
            managed-identity:<client id or resource id>
            outflow.key-vault-refresh-interval-ms: must be a number of milliseconds, at least 1000
            outflow.keystore-key: has no effect without outflow.keystore-certificate-chain
            outflow.password: is required
            outflow.pasword: unknown property; expected one of outflow.key-vault-credential, \
            outflow.key-vault-name, outflow.key-vault-refresh-interval-ms, \
            outflow.keystore-certificate-chain, outflow.keystore-key, \
            outflow.keystore-key-password, outflow.password, outflow.truststore-certificates, \
            outflow.truststore-password, outflow.username
            outflow.truststore-certificates: names a secret, but 'outflow.key-vault-name' is not \
            set; set it, or use a reference such as ${dir:/etc/certs:ca.pem}""");
  }

  @Test
  void reportsInvalidVaultAndSecretName() {
    Map<String, String> client =
        Map.of("outflow.key-vault-name", "v", "outflow.truststore-certificates", "kafka_ca");

    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> SecretProperties.of(client, TLS, Set.of()))
        .withMessageStartingWith("outflow.key-vault-name: 'v' is not a Key Vault; use its name")
        .withMessageEndingWith(
            "outflow.truststore-certificates: is not a valid secret name (letters, digits and"
                + " '-'); use such a name, a reference or PEM");
  }

  @Test
  void takesResolvedPasswordsAndStoresAsTheyAre() {
    String store = "MIIE".repeat(100);
    Map<String, String> client =
        Map.of(
            "config.providers", "file",
            "outflow.truststore-certificates", store,
            "outflow.truststore-password", "changeit");

    assertThat(SecretProperties.of(client, TLS, Set.of()).values())
        .containsEntry("truststore-certificates", store)
        .containsEntry("truststore-password", "changeit");
  }

  private static String read(String password) {
    Map<String, String> client = Map.of("outflow.username", "alice", "outflow.password", password);
    return SecretProperties.of(client, CREDENTIALS, CREDENTIALS).read().get("password");
  }
}

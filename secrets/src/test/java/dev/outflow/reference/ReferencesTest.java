package dev.outflow.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.outflow.keyvault.AzureCredential;
import dev.outflow.secret.SecretException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReferencesTest {
  private static final String ALLOWED = "org.apache.kafka.automatic.config.providers";
  private static final References REFERENCES = new References(AzureCredential.DEFAULT);

  @TempDir private Path folder;

  @AfterEach
  void allowAll() {
    System.clearProperty(ALLOWED);
  }

  @Test
  void resolvesEnvironmentVariablesFilesAndKeysOfFiles() throws IOException {
    Files.writeString(folder.resolve("ca.pem"), "a whole\nfile");
    Path keys = Files.writeString(folder.resolve("kafka.properties"), "user=alice\n");

    assertThat(
            REFERENCES.resolve(
                Map.of(
                    "a",
                    "${env:PATH}",
                    "b",
                    "${dir:%s:ca.pem}".formatted(folder),
                    "c",
                    "user ${file:%s:user} of ${env:PATH}".formatted(keys),
                    "d",
                    "nothing: $ConnectionString")))
        .isEqualTo(
            Map.of(
                "a",
                System.getenv("PATH"),
                "b",
                "a whole\nfile",
                "c",
                "user alice of " + System.getenv("PATH"),
                "d",
                "nothing: $ConnectionString"));
  }

  @Test
  void resolvesDefaultOfVariableThatIsNotSet() {
    assertThat(
            REFERENCES.resolve(
                "bootstrap-servers",
                "${env:NO_SUCH:-localhost:9092},${env:PATH:-unused}${env:NO_SUCH:-}"))
        .isEqualTo("localhost:9092," + System.getenv("PATH"));
    assertRejected(
        "${env:NO_SUCH:default}",
        "'${env:NO_SUCH:default}' is not a valid reference; expected ${env:NAME} or"
            + " ${env:NAME:-default}");
  }

  @Test
  void letsKafkaClientResolveDefault() {
    Map<String, String> client =
        REFERENCES.withProviders(Map.of("sasl.jaas.config", "${env:NO_SUCH:-a:b}"));

    assertThat(
            new AbstractConfig(new ConfigDef(), client, Map.of(), false)
                .originals()
                .get("sasl.jaas.config"))
        .isEqualTo("a:b");
  }

  @Test
  void treatsDefaultAsPossibleSecret() {
    assertThat(References.isReference("${env:PASSWORD}")).isTrue();
    assertThat(References.isReference("${env:PASSWORD:-hunter2}")).isFalse();
  }

  @Test
  void namesPropertyOfReferenceThatCannotBeResolved() throws IOException {
    Path keys = Files.writeString(folder.resolve("kafka.properties"), "user=alice\n");

    assertRejected("${env:NO_SUCH}", "environment variable NO_SUCH is not set in this process");
    assertRejected(
        "${file:%s:pass}".formatted(keys),
        "the properties file %s has no key 'pass'".formatted(keys));
    assertRejected(
        "${file:/etc/ca.pem}",
        "'${file:/etc/ca.pem}' has no key; use ${file:path:key} for a key of a properties"
            + " file, or ${dir:folder:file} for a whole file");
    assertRejected(
        "${dir:%s:absent}".formatted(folder),
        "file 'absent' not found in folder '%s'".formatted(folder));
    assertRejected(
        "${vault:a:b}", "unknown reference type 'vault'; expected one of env, file, dir, keyvault");
    assertRejected("${keyvault:secret}", "must be ${keyvault:vault:secret}");
    assertRejected(
        "${keyvault:no vault:secret}",
        "'no vault' is not a Key Vault; use its name, e.g. my-vault, or in another cloud its"
            + " URL, e.g. https://my-vault.vault.azure.cn");
  }

  @Test
  void ignoresByteOrderMarkOfFiles() throws IOException {
    Files.writeString(folder.resolve("password"), "\uFEFFsecret\r\n");
    Path keys = Files.writeString(folder.resolve("kafka.properties"), "\uFEFFuser=alice\n");

    assertThat(REFERENCES.resolve("a", "${dir:%s:password}".formatted(folder))).isEqualTo("secret");
    assertThat(REFERENCES.resolve("b", "${file:%s:user}".formatted(keys))).isEqualTo("alice");
  }

  @Test
  void namesFilesThatAreNotUtf8() throws IOException {
    Path utf16 = Files.writeString(folder.resolve("utf16"), "secret", StandardCharsets.UTF_16);
    Path binary = Files.write(folder.resolve("store.p12"), new byte[] {0x30, (byte) 0x82, 9, 1});

    assertRejected(
        "${dir:%s:utf16}".formatted(folder), utf16 + " is UTF-16 text; save it as UTF-8");
    assertRejected("${file:%s:user}".formatted(utf16), utf16 + " is UTF-16 text; save it as UTF-8");
    assertRejected(
        "${dir:%s:store.p12}".formatted(folder),
        binary
            + " is not UTF-8 text; save text as UTF-8, and encode a binary keystore or certificate"
            + " in Base64");
  }

  @Test
  void resolvesReferencesOnce() throws IOException {
    Files.writeString(folder.resolve("password"), "${env:PATH}$1\\");

    assertThat(REFERENCES.resolve(Map.of("password", "${dir:%s:password}".formatted(folder))))
        .containsEntry("password", "${env:PATH}$1\\");
  }

  @Test
  void respectsHardenedJvmAndNamesItsProperty() {
    System.setProperty(ALLOWED, "none");

    assertRejected(
        "${env:PATH}",
        "-Dorg.apache.kafka.automatic.config.providers=none of this JVM does not allow"
            + " ${env:...}; add dev.outflow.reference.EnvironmentConfigProvider to it"
            + " (in Flink's env.java.opts.all for JobManager and TaskManagers)");
    System.setProperty(ALLOWED, "dev.outflow.reference.EnvironmentConfigProvider");
    assertThat(REFERENCES.resolve(Map.of("a", "${env:PATH}"))).containsKey("a");
  }

  @Test
  void addsTheProvidersByWhichKafkaResolvesReferencesAndNoOthers() {
    Map<String, String> client = new HashMap<>();
    client.put("bootstrap.servers", "localhost:1");
    client.put("key.serializer", ByteArraySerializer.class.getName());
    client.put("value.serializer", ByteArraySerializer.class.getName());
    client.put("outflow.password", "${env:PATH}");
    assertThat(REFERENCES.withProviders(client)).isEqualTo(client);

    client.put("client.id", "${env:PATH}");
    ProducerConfig config =
        new ProducerConfig(Map.<String, Object>copyOf(REFERENCES.withProviders(client)));

    assertThat(config.getString("client.id")).isEqualTo(System.getenv("PATH"));
    assertThat(config.originals()).containsEntry("outflow.password", "${env:PATH}");
  }

  @Test
  void keepsTheUsersProvidersAndTheirReferences() {
    Map<String, String> client =
        Map.of(
            "config.providers", "mine, env",
            "config.providers.mine.class", "com.example.Mine",
            "client.id", "${mine:a}-${env:b}-${dir:c:d}");

    assertThat(REFERENCES.withProviders(client))
        .containsEntry("config.providers", "outflow-dir,mine,env")
        .containsEntry("config.providers.mine.class", "com.example.Mine")
        .containsEntry("client.id", "${mine:a}-${env:b}-${outflow-dir:c:d}")
        .doesNotContainKey("config.providers.env.class");
  }

  @Test
  void reportsReferencesThatTheJvmDoesNotAllow() {
    assertThat(References.disallowed(List.of("${env:A}"))).isEmpty();
    System.setProperty(ALLOWED, "none");
    assertThat(References.disallowed(List.of("plain", "${keyvault:v:s}")))
        .get()
        .asString()
        .contains("dev.outflow.keyvault.KeyVaultConfigProvider");
    assertThat(References.disallowed(List.of("plain"))).isEmpty();
  }

  private static void assertRejected(String value, String message) {
    assertThatExceptionOfType(SecretException.class)
        .isThrownBy(() -> REFERENCES.resolve(Map.of("password", value)))
        .withMessage("password: " + message);
  }
}

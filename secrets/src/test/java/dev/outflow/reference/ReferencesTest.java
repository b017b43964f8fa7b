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
import java.util.Set;
import org.apache.kafka.clients.producer.ProducerConfig;
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
  void readsTheEnvironmentFilesAndKeysOfFiles() throws IOException {
    Files.writeString(folder.resolve("ca.pem"), "a whole\nfile");
    Path keys = Files.writeString(folder.resolve("kafka.properties"), "user=alice\n");

    assertThat(
            REFERENCES.read(
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
  void whatLeadsToNothingIsNamedWithItsProperty() throws IOException {
    Path keys = Files.writeString(folder.resolve("kafka.properties"), "user=alice\n");

    assertRefused("${env:NO_SUCH}", "there is no environment variable NO_SUCH in this process");
    assertRefused(
        "${file:%s:pass}".formatted(keys), "there is no key 'pass' in the properties file " + keys);
    assertRefused(
        "${file:/etc/ca.pem}",
        "'${file:/etc/ca.pem}' names no key; write ${file:path:key} for a key of a properties"
            + " file, or ${dir:folder:file} for a whole file");
    assertRefused(
        "${dir:%s:absent}".formatted(folder),
        "there is no file 'absent' in the folder '%s'".formatted(folder));
    assertRefused(
        "${vault:a:b}",
        "${vault:a:b}: there is no 'vault' to refer to; there are env, file, dir, keyvault");
    assertRefused(
        "${keyvault:secret}", "write ${keyvault:vault:secret}, with a vault and a secret");
    assertRefused(
        "${keyvault:no vault:secret}",
        "'no vault' is no Key Vault; write its name, as my-vault, or for another cloud its whole"
            + " URL, as https://my-vault.vault.azure.cn");
  }

  @Test
  void aValueThatLooksLikeAReferenceIsNotReadAgain() throws IOException {
    Files.writeString(folder.resolve("password"), "${env:PATH}$1\\");

    assertThat(REFERENCES.read(Map.of("password", "${dir:%s:password}".formatted(folder))))
        .containsEntry("password", "${env:PATH}$1\\");
  }

  @Test
  void aHardenedJvmIsRespectedAndItsPropertyNamed() {
    System.setProperty(ALLOWED, "none");

    assertRefused(
        "${env:PATH}",
        "this JVM forbids ${env:...} by -Dorg.apache.kafka.automatic.config.providers=none; add"
            + " org.apache.kafka.common.config.provider.EnvVarConfigProvider to that list on every"
            + " JobManager and TaskManager (Flink's env.java.opts.all)");
    System.setProperty(ALLOWED, "org.apache.kafka.common.config.provider.EnvVarConfigProvider");
    assertThat(REFERENCES.read(Map.of("a", "${env:PATH}"))).containsKey("a");
  }

  @Test
  void kafkaItselfFindsTheProvidersThatItNeedsAndNoOthers() {
    Map<String, String> client = new HashMap<>();
    client.put("bootstrap.servers", "localhost:1");
    client.put("key.serializer", ByteArraySerializer.class.getName());
    client.put("value.serializer", ByteArraySerializer.class.getName());
    assertThat(REFERENCES.clientProperties(client)).isEmpty();

    client.put("client.id", "${env:PATH}");
    client.putAll(REFERENCES.clientProperties(client));

    assertThat(new ProducerConfig(Map.<String, Object>copyOf(client)).getString("client.id"))
        .isEqualTo(System.getenv("PATH"));
  }

  @Test
  void providersOfTheUsersOwnAreKept() {
    Map<String, String> client =
        Map.of(
            "config.providers", "mine",
            "config.providers.mine.class", "com.example.Mine",
            "client.id", "${mine:a}");

    assertThat(REFERENCES.clientProperties(client))
        .containsEntry("config.providers", "env,file,dir,keyvault,mine")
        .doesNotContainKey("config.providers.mine.class");
  }

  @Test
  void deferredSecretsAreNoReferencesToKafkaAndComeBackAsWritten() {
    Map<String, String> written = Map.of("password", "${env:P} 100% ü\n", "username", "alice");
    DeferredSecrets secrets =
        new DeferredSecrets(
            written, AzureCredential.of("managed-identity:id"), Duration.ofSeconds(7));

    assertThat(secrets.clientProperties().values()).noneMatch(References::isIn);
    assertThat(DeferredSecrets.of(secrets.clientProperties())).isEqualTo(secrets);
    assertThat(secrets.only(Set.of("username")).written()).isEqualTo(Map.of("username", "alice"));
    assertThat(secrets.toString()).doesNotContain("alice");
  }

  @Test
  void theLineEndOfAFileIsNoPartOfASecret() throws IOException {
    Files.writeString(folder.resolve("password"), "wonder land \r\n");

    assertThat(
            new DeferredSecrets(
                    Map.of("password", "${dir:%s:password}".formatted(folder)),
                    AzureCredential.DEFAULT,
                    Duration.ofMinutes(5))
                .read())
        .containsEntry("password", "wonder land ");
  }

  @Test
  void whatIsForbiddenIsKnownBeforeAnythingRuns() {
    assertThat(References.forbidden(List.of("${env:A}"))).isEmpty();
    System.setProperty(ALLOWED, "none");
    assertThat(References.forbidden(List.of("plain", "${keyvault:v:s}")))
        .get()
        .asString()
        .contains("dev.outflow.keyvault.KeyVaultConfigProvider");
    assertThat(References.forbidden(List.of("plain"))).isEmpty();
  }

  private static void assertRefused(String value, String message) {
    assertThatExceptionOfType(SecretException.class)
        .isThrownBy(() -> REFERENCES.read(Map.of("password", value)))
        .withMessage("password: " + message);
  }
}

package dev.outflow.reference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outflow.embedded.FakeKeyVault;
import dev.outflow.embedded.FakeManagedIdentity;
import dev.outflow.embedded.KeyVaultExtension;
import dev.outflow.keyvault.AzureCredential;
import dev.outflow.secret.SecretException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Many clients of one process that start at once and read one vault. */
@ExtendWith(KeyVaultExtension.class)
class ReloadableSecretsITCase {
  private static final int CLIENTS = 50;

  private final FakeKeyVault vault;

  ReloadableSecretsITCase(FakeKeyVault vault, FakeManagedIdentity identity) {
    this.vault = vault.answer();
    identity.work();
  }

  @Test
  void readsOnceForAllClientsWithTheSameSecrets() throws Exception {
    vault.put("shared-user", "alice").put("shared-password", "wonderland");

    List<Future<ReloadableSecrets.Lease<String>>> clients = start(vault, Set.of("shared"));

    for (Future<ReloadableSecrets.Lease<String>> client : clients) {
      assertThat(client.get().secret().status().value()).isEqualTo("alice");
    }
    // A client that starts late reads again: 400 ms after the first.
    assertThat(vault.requests("shared-user")).isBetween(1, 3);
    assertThat(vault.requests("shared-password")).isBetween(1, 3);
    for (Future<ReloadableSecrets.Lease<String>> client : clients) {
      client.get().close();
    }
  }

  @Test
  void boundsTheStartOfAllClientsWhileTheVaultHangs() throws Exception {
    try (FakeKeyVault hanging = FakeKeyVault.start().trustedHere().hang()) {
      Instant begin = Instant.now();

      for (Future<?> client : start(hanging, Set.of("first", "second", "third"))) {
        assertThat(client)
            .failsWithin(Duration.ofSeconds(30))
            .withThrowableOfType(ExecutionException.class)
            .havingCause()
            .isInstanceOf(SecretException.class)
            .withMessageContaining("did not respond in time");
      }

      assertThat(Duration.between(begin, Instant.now())).isLessThan(Duration.ofSeconds(20));
    }
  }

  /** Starts all clients at once; each set of clients has its own secrets. */
  private static List<Future<ReloadableSecrets.Lease<String>>> start(
      FakeKeyVault vault, Set<String> sets) throws Exception {
    List<String> names = List.copyOf(sets);
    List<Callable<ReloadableSecrets.Lease<String>>> clients =
        IntStream.range(0, CLIENTS)
            .mapToObj(client -> names.get(client % names.size()))
            .<Callable<ReloadableSecrets.Lease<String>>>map(name -> () -> open(vault, name))
            .toList();
    ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
    try {
      return threads.invokeAll(clients);
    } finally {
      threads.shutdown();
    }
  }

  private static ReloadableSecrets.Lease<String> open(FakeKeyVault vault, String name) {
    SecretProperties properties =
        new SecretProperties(
            Map.of(
                "username", "${keyvault:%s:%s-user}".formatted(vault.url(), name),
                "password", "${keyvault:%s:%s-password}".formatted(vault.url(), name)),
            AzureCredential.of("managed-identity"),
            Duration.ofMinutes(5));
    return ReloadableSecrets.openAndRead(properties, secrets -> secrets.get("username"));
  }
}

package dev.outflow.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.core.exception.HttpResponseException;
import com.azure.core.exception.ResourceNotFoundException;
import com.azure.core.http.policy.FixedDelay;
import com.azure.core.http.policy.RetryPolicy;
import com.azure.identity.ManagedIdentityCredentialBuilder;
import com.azure.security.keyvault.secrets.SecretClient;
import com.azure.security.keyvault.secrets.SecretClientBuilder;
import com.azure.security.keyvault.secrets.models.KeyVaultSecret;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** That Azure's own client takes the fakes for Azure. */
@ExtendWith(KeyVaultExtension.class)
class FakeKeyVaultITCase {
  private final String name = "secret-" + UUID.randomUUID();

  @Test
  void readsTheNewestVersionOfASecret(FakeKeyVault vault) {
    Instant until = Instant.now().plus(1, ChronoUnit.DAYS).truncatedTo(ChronoUnit.SECONDS);
    SecretClient client = client(vault, null);
    vault.put(name, "old \"value\"\n");
    KeyVaultSecret old = client.getSecret(name);
    vault.putValidBetween(name, "new", null, until);
    KeyVaultSecret current = client.getSecret(name);

    assertThat(old.getValue()).isEqualTo("old \"value\"\n");
    assertThat(old.getProperties().isEnabled()).isTrue();
    assertThat(old.getProperties().getExpiresOn()).isNull();
    assertThat(current.getValue()).isEqualTo("new");
    assertThat(current.getProperties().getExpiresOn()).isEqualTo(until.atOffset(ZoneOffset.UTC));
    assertThat(current.getProperties().getVersion())
        .hasSize(32)
        .isNotEqualTo(old.getProperties().getVersion());
    assertThat(client.getSecret(name, old.getProperties().getVersion()).getValue())
        .isEqualTo(old.getValue());
    assertThat(vault.requests(name)).isEqualTo(3);
  }

  @Test
  void asksForATokenOfTheIdentityThatWasNamed(FakeKeyVault vault, FakeManagedIdentity identity) {
    String clientId = UUID.randomUUID().toString();
    vault.put(name, "value");

    assertThat(client(vault, clientId).getSecret(name).getValue()).isEqualTo("value");
    assertThat(identity.lastIdentity()).contains(clientId);
    assertThat(identity.lastResource()).contains("https://vault.azure.net");
  }

  @Test
  void failsWithoutAToken(FakeKeyVault vault, FakeManagedIdentity identity) {
    vault.put(name, "value");
    identity.fail();
    try {
      assertThatThrownBy(() -> client(vault, UUID.randomUUID().toString()).getSecret(name))
          .rootCause()
          .hasMessageContaining("No User Assigned or Delegated Managed Identity found");
    } finally {
      identity.work();
    }
    assertThat(vault.requests(name)).isZero();
  }

  @Test
  void refusesAsAzureDoes(FakeKeyVault vault) {
    SecretClient client = client(vault, null);

    assertThatThrownBy(() -> client.getSecret(name))
        .isInstanceOf(ResourceNotFoundException.class)
        .hasMessageContaining("SecretNotFound");
    vault.put(name, "value").disable(name);
    assertThatThrownBy(() -> client.getSecret(name))
        .isInstanceOf(HttpResponseException.class)
        .hasMessageContaining("Status code 403")
        .hasMessageContaining("SecretDisabled");
    vault.put(name, "value").denyAll();
    try {
      assertThatThrownBy(() -> client.getSecret(name))
          .isInstanceOf(HttpResponseException.class)
          .hasMessageContaining("Status code 403")
          .hasMessageContaining("ForbiddenByRbac")
          .hasMessageContaining("Caller is not authorized to perform action on resource");
    } finally {
      vault.allowAll();
    }
    assertThat(client.getSecret(name).getValue()).isEqualTo("value");
    vault.remove(name);
    assertThatThrownBy(() -> client.getSecret(name)).isInstanceOf(ResourceNotFoundException.class);
  }

  @Test
  void answersAfterItWasBusyOrAway(FakeKeyVault vault) {
    vault.put(name, "value").throttle(1).unavailable(1);

    assertThat(client(vault, null).getSecret(name).getValue()).isEqualTo("value");
    assertThat(vault.requests(name)).isEqualTo(3);
  }

  @Test
  void answersLateWhatWasAskedWhileItHung(FakeKeyVault vault) {
    SecretClient client = client(vault, null);
    vault.put(name, "value");
    client.getSecret(name);
    vault.hang();
    CompletableFuture<String> value =
        CompletableFuture.supplyAsync(() -> client.getSecret(name).getValue());
    try {
      while (vault.requests(name) < 2 && !value.isDone()) {
        Thread.onSpinWait();
      }
      assertThat(value).isNotDone();
    } finally {
      vault.answer();
    }
    assertThat(value).succeedsWithin(Duration.ofSeconds(10)).isEqualTo("value");
  }

  private static SecretClient client(FakeKeyVault vault, String clientId) {
    return new SecretClientBuilder()
        .vaultUrl(vault.url())
        .disableChallengeResourceVerification()
        .retryPolicy(new RetryPolicy(new FixedDelay(3, Duration.ofMillis(50))))
        .credential(
            new ManagedIdentityCredentialBuilder()
                .clientId(clientId)
                .retryPolicy(new RetryPolicy(new FixedDelay(1, Duration.ofMillis(50))))
                .build())
        .buildClient();
  }
}

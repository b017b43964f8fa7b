package dev.outflow.keyvault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.outflow.embedded.FakeKeyVault;
import dev.outflow.embedded.FakeManagedIdentity;
import dev.outflow.embedded.KeyVaultExtension;
import dev.outflow.secret.SecretException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Reads secrets with Azure's own client while the vault is in every possible state. */
@ExtendWith(KeyVaultExtension.class)
class KeyVaultITCase {
  private static final AzureCredential IDENTITY = AzureCredential.of("managed-identity");

  private final FakeKeyVault vault;
  private final FakeManagedIdentity identity;

  KeyVaultITCase(FakeKeyVault vault, FakeManagedIdentity identity) {
    this.vault = vault;
    this.identity = identity;
  }

  @AfterEach
  void restoreVaultAndIdentity() {
    vault.allowAll().answer().throttle(0).unavailable(0);
    identity.work();
  }

  @Test
  void readsTheNewestVersion() {
    vault.put("newest", "first").put("newest", "second");

    assertThat(read("newest")).isEqualTo("second");
  }

  @Test
  void findsManagedIdentityByDefaultCredential() {
    vault.put("by-default", "value");

    assertThat(
            KeyVault.at(KeyVaultAddress.of(vault.url()), AzureCredential.DEFAULT)
                .secret("by-default"))
        .isEqualTo("value");
  }

  @Test
  void requestsUserAssignedIdentityByClientIdOrResourceId() {
    vault.put("assigned", "value");
    String resource =
        "/subscriptions/1/resourceGroups/g/providers/Microsoft.ManagedIdentity/userAssignedIdentities/i";
    for (String id : new String[] {"11111111-2222-3333-4444-555555555555", resource}) {
      KeyVault.at(KeyVaultAddress.of(vault.url()), AzureCredential.of("managed-identity:" + id))
          .secret("assigned");

      assertThat(identity.lastIdentity()).contains(id);
    }
  }

  @Test
  void reportsMissingDisabledExpiredAndNotYetValidSecrets() {
    vault.put("disabled", "value").disable("disabled");
    Instant hourAgo = Instant.parse("2026-01-01T00:00:00Z");
    Instant future = Instant.parse("2099-01-01T00:00:00Z");
    vault.putValidBetween("expired", "value", null, hourAgo);
    vault.putValidBetween("early", "value", future, null);

    assertRejected(
        "missing",
        "secret 'missing' not found in %s; create it or correct the name".formatted(vault.url()));
    assertRejected(
        "disabled",
        "secret 'disabled' in %s is disabled; enable it, or add a new version"
            .formatted(vault.url()));
    assertRejected(
        "expired",
        "secret 'expired' in %s expired on 2026-01-01T00:00:00Z; add a new version"
            .formatted(vault.url()));
    assertRejected(
        "early",
        "secret 'early' in %s is not valid before 2099-01-01T00:00:00Z".formatted(vault.url()));
  }

  @Test
  void reportsServerThatIsNotKeyVault() {
    vault.put("elsewhere", "value").withoutVault();

    assertRejected(
        "elsewhere",
        "%s returned HTTP 404 without the error code SecretNotFound, so it is probably not a Key Vault; correct key-vault-name"
            .formatted(vault.url()));
  }

  @Test
  void namesMissingRoleWhenNotAuthorized() {
    vault.put("denied", "value").denyAll();

    assertRejected(
        "denied",
        "identity 'managed-identity' is not authorized to read secret 'denied' in %s; assign it the role 'Key Vault Secrets User'"
            .formatted(vault.url()));
  }

  @Test
  void retriesThrottledAndUnavailableVault() {
    vault.put("throttled", "value").throttle(2);
    assertThat(read("throttled")).isEqualTo("value");
    vault.put("unavailable", "value").unavailable(2);
    assertThat(read("unavailable")).isEqualTo("value");
  }

  @Test
  void boundsRetriesOfThrottledVault() throws Exception {
    vault.put("always-throttled", "value").throttle(100);

    assertThat(
            timed(
                () -> {
                  assertRejected(
                      "always-throttled",
                      "%s throttles requests: 429 on every attempt to read 'always-throttled'"
                          .formatted(vault.url()));
                  return null;
                }))
        .isLessThan(Duration.ofSeconds(20));
  }

  @Test
  void boundsTheWaitForVaultThatHangs() throws Exception {
    vault.put("hanging", "value").hang();

    assertThat(
            timed(
                () -> {
                  assertRejected(
                      "hanging",
                      "%s did not respond in time; check that it is reachable from this machine"
                          .formatted(vault.url()));
                  return null;
                }))
        .isLessThan(Duration.ofSeconds(20));
  }

  @Test
  void rejectsVaultWithUntrustedCertificate() {
    try (FakeKeyVault stranger = FakeKeyVault.start()) {
      assertThatExceptionOfType(SecretException.class)
          .isThrownBy(() -> KeyVault.at(KeyVaultAddress.of(stranger.url()), IDENTITY).secret("any"))
          .withMessageStartingWith(
              "this JVM does not trust the certificate of %s (".formatted(stranger.url()))
          .withMessageContaining("javax.net.ssl.trustStore");
    }
  }

  @Test
  void reportsVaultWhoseNameDoesNotResolve() {
    assertThatExceptionOfType(SecretException.class)
        .isThrownBy(
            () ->
                KeyVault.at(KeyVaultAddress.of("https://no-such-vault.invalid"), IDENTITY)
                    .secret("any"))
        .withMessage(
            "the host name of https://no-such-vault.invalid does not resolve; correct"
                + " key-vault-name, or the DNS of its private endpoint");
  }

  @Test
  void namesCredentialWhenNoTokenIsIssued() throws Exception {
    vault.put("nobody", "value");
    identity.fail();
    AzureCredential nobody = AzureCredential.of("managed-identity:no-such-client");

    Duration took =
        timed(
            () -> {
              assertThatExceptionOfType(SecretException.class)
                  .isThrownBy(
                      () -> KeyVault.at(KeyVaultAddress.of(vault.url()), nobody).secret("nobody"))
                  .withMessageStartingWith(
                      "no Azure token for %s (key-vault-credential 'managed-identity:no-such-client'): "
                          .formatted(vault.url()));
              return null;
            });
    assertThat(took).isLessThan(Duration.ofSeconds(20));
  }

  private String read(String name) {
    return KeyVault.at(KeyVaultAddress.of(vault.url()), IDENTITY).secret(name);
  }

  private void assertRejected(String name, String message) {
    assertThatExceptionOfType(SecretException.class)
        .isThrownBy(() -> read(name))
        .withMessage(message);
  }

  private static Duration timed(Callable<Void> action) throws Exception {
    Instant begin = Instant.now();
    action.call();
    return Duration.between(begin, Instant.now());
  }
}

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

/** What Azure's own client makes of a vault in every state, and what a person is told. */
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
  void allIsWellAgain() {
    vault.allowAll().answer().throttle(0).unavailable(0);
    identity.work();
  }

  @Test
  void readsTheNewestVersion() {
    vault.put("newest", "first").put("newest", "second");

    assertThat(read("newest")).isEqualTo("second");
  }

  @Test
  void whatWasReadLatelyIsNotAskedForAgain() {
    vault.put("lately", "value");

    read("lately", Duration.ofMinutes(1));
    read("lately", Duration.ofMinutes(1));
    assertThat(vault.requests("lately")).isEqualTo(1);
    read("lately", Duration.ZERO);
    assertThat(vault.requests("lately")).isEqualTo(2);
  }

  @Test
  void theDefaultCredentialFindsTheManagedIdentity() {
    vault.put("by-default", "value");

    assertThat(
            KeyVault.at(KeyVaultAddress.of(vault.url()), AzureCredential.DEFAULT)
                .secret("by-default", Duration.ZERO))
        .isEqualTo("value");
  }

  @Test
  void aUserAssignedIdentityIsAskedForByItsClientIdOrItsResourceId() {
    vault.put("assigned", "value");
    String resource =
        "/subscriptions/1/resourceGroups/g/providers/Microsoft.ManagedIdentity/userAssignedIdentities/i";
    for (String id : new String[] {"11111111-2222-3333-4444-555555555555", resource}) {
      KeyVault.at(KeyVaultAddress.of(vault.url()), AzureCredential.of("managed-identity:" + id))
          .secret("assigned", Duration.ZERO);

      assertThat(identity.lastIdentity()).contains(id);
    }
  }

  @Test
  void aSecretThatIsMissingDisabledOrNotValidNowIsNamed() {
    vault.put("disabled", "value").disable("disabled");
    Instant hourAgo = Instant.parse("2026-01-01T00:00:00Z");
    Instant future = Instant.parse("2099-01-01T00:00:00Z");
    vault.putValidBetween("expired", "value", null, hourAgo);
    vault.putValidBetween("early", "value", future, null);

    assertRefused(
        "missing",
        "there is no secret 'missing' in %s; upload it, or correct the name"
            .formatted(vault.url()));
    assertRefused(
        "disabled",
        "the secret 'disabled' in %s is disabled; enable it, or put a new version there"
            .formatted(vault.url()));
    assertRefused(
        "expired",
        "the secret 'expired' in %s expired on 2026-01-01T00:00:00Z; put a new version there"
            .formatted(vault.url()));
    assertRefused(
        "early",
        "the secret 'early' in %s is not valid before 2099-01-01T00:00:00Z".formatted(vault.url()));
  }

  @Test
  void withoutPermissionTheRoleToGiveIsNamed() {
    vault.put("denied", "value").denyAll();

    assertRefused(
        "denied",
        "the identity 'managed-identity' may not read the secret 'denied' in %s; give it the role 'Key Vault Secrets User'"
            .formatted(vault.url()));
  }

  @Test
  void aVaultThatThrottlesOrIsUnavailableIsAskedAgain() {
    vault.put("throttled", "value").throttle(2);
    assertThat(read("throttled")).isEqualTo("value");
    vault.put("unavailable", "value").unavailable(2);
    assertThat(read("unavailable")).isEqualTo("value");
  }

  @Test
  void aVaultThatOnlyThrottlesIsNotWaitedForLong() throws Exception {
    vault.put("always-throttled", "value").throttle(100);

    assertThat(
            timed(
                () -> {
                  assertRefused(
                      "always-throttled",
                      "%s is throttling: it answered 429 to every try for 'always-throttled'"
                          .formatted(vault.url()));
                  return null;
                }))
        .isLessThan(Duration.ofSeconds(13));
  }

  @Test
  void aVaultThatHangsIsWaitedForSecondsAndManyClientsWaitTogether() throws Exception {
    vault.put("hanging", "value").hang();
    Instant begin = Instant.now();

    for (int client = 0; client < 3; client++) {
      assertRefused(
          "hanging",
          "%s did not answer in time (HttpTimeoutException); is it reachable from this machine?"
              .formatted(vault.url()));
    }

    assertThat(Duration.between(begin, Instant.now())).isLessThan(Duration.ofSeconds(13));
  }

  @Test
  void aVaultWhoseOwnCertificateIsNotTrustedIsRefused() {
    try (FakeKeyVault stranger = FakeKeyVault.start()) {
      assertThatExceptionOfType(SecretException.class)
          .isThrownBy(
              () ->
                  KeyVault.at(KeyVaultAddress.of(stranger.url()), IDENTITY)
                      .secret("any", Duration.ZERO))
          .withMessageStartingWith(
              "the certificate of %s is not trusted by this JVM (".formatted(stranger.url()))
          .withMessageContaining("javax.net.ssl.trustStore");
    }
  }

  @Test
  void aVaultThatThereIsNotIsNamed() {
    assertThatExceptionOfType(SecretException.class)
        .isThrownBy(
            () ->
                KeyVault.at(KeyVaultAddress.of("https://no-such-vault.invalid"), IDENTITY)
                    .secret("any", Duration.ZERO))
        .withMessage(
            "there is no vault https://no-such-vault.invalid: its name does not resolve; correct"
                + " key-vault-name, or the DNS of a private endpoint");
  }

  @Test
  void withoutAnyIdentityItIsSaidWhichWasTried() throws Exception {
    vault.put("nobody", "value");
    identity.fail();
    AzureCredential nobody = AzureCredential.of("managed-identity:no-such-client");

    Duration took =
        timed(
            () -> {
              assertThatExceptionOfType(SecretException.class)
                  .isThrownBy(
                      () ->
                          KeyVault.at(KeyVaultAddress.of(vault.url()), nobody)
                              .secret("nobody", Duration.ZERO))
                  .withMessageStartingWith(
                      "no Azure identity to read %s with (key-vault-credential 'managed-identity:no-such-client'): "
                          .formatted(vault.url()));
              return null;
            });
    assertThat(took).isLessThan(Duration.ofSeconds(13));
  }

  private String read(String name) {
    return read(name, Duration.ZERO);
  }

  private String read(String name, Duration maxAge) {
    return KeyVault.at(KeyVaultAddress.of(vault.url()), IDENTITY).secret(name, maxAge);
  }

  private void assertRefused(String name, String message) {
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

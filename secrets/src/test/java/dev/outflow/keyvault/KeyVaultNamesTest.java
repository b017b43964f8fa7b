package dev.outflow.keyvault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyVaultNamesTest {
  @ParameterizedTest
  @CsvSource({
    "my-vault, https://my-vault.vault.azure.net",
    "https://v.vault.azure.cn/, https://v.vault.azure.cn",
    "https://v.vault.usgovcloudapi.net, https://v.vault.usgovcloudapi.net",
    "https://localhost:8443, https://localhost:8443"
  })
  void aVaultIsANameOrAWholeUrl(String written, String url) {
    assertThat(KeyVaultAddress.of(written)).hasToString(url);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "ab",
        "1vault",
        "my--vault",
        "vault-",
        "a-name-that-is-longer-than-24-characters",
        "http://v.vault.azure.net",
        "https://user@v.vault.azure.net",
        "https://v.vault.azure.net/secrets/s",
        "https://v.vault.azure.net?x=y",
        "v.vault.azure.net",
        "https://"
      })
  void anythingElseIsRefusedWithWhatCanBeWritten(String written) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> KeyVaultAddress.of(written))
        .withMessageStartingWith("'" + written + "' is no Key Vault; write its name");
  }

  @Test
  void onlyAnEmulatorMayAskForTokensOfAnotherDomain() {
    assertThat(KeyVaultAddress.of("my-vault").isInADomain()).isTrue();
    assertThat(KeyVaultAddress.of("https://vault.example.com").isInADomain()).isTrue();
    assertThat(KeyVaultAddress.of("https://localhost:8443").isInADomain()).isFalse();
    assertThat(KeyVaultAddress.of("https://10.0.0.1").isInADomain()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "default",
        "managed-identity",
        "managed-identity:11111111-2222-3333-4444-555555555555",
        "managed-identity:/subscriptions/1/resourceGroups/g/providers/p/i",
        "workload-identity",
        "environment",
        "azure-cli"
      })
  void aCredentialIsOneOfAzures(String written) {
    assertThat(AzureCredential.of(written)).hasToString(written);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "managed", "environment:x"})
  void anythingElseIsNoCredential(String written) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> AzureCredential.of(written))
        .withMessage(
            "'%s' is none of default, managed-identity, workload-identity, environment, azure-cli;"
                    .formatted(written)
                + " a user-assigned identity is managed-identity:<its client id or resource id>");
  }
}

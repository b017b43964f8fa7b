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
  void acceptsNameOrUrlOfAVault(String written, String url) {
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
  void rejectsOtherVaultsAndExplainsTheValidForms(String written) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> KeyVaultAddress.of(written))
        .withMessageStartingWith("'" + written + "' is not a Key Vault; use its name");
  }

  @Test
  void onlyEmulatorsCanRequestTokensOfAnotherDomain() {
    assertThat(KeyVaultAddress.of("my-vault").hasDomain()).isTrue();
    assertThat(KeyVaultAddress.of("https://vault.example.com").hasDomain()).isTrue();
    assertThat(KeyVaultAddress.of("https://localhost:8443").hasDomain()).isFalse();
    assertThat(KeyVaultAddress.of("https://10.0.0.1").hasDomain()).isFalse();
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
  void acceptsCredentialsOfAzureIdentity(String written) {
    assertThat(AzureCredential.of(written)).hasToString(written);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "managed", "environment:x"})
  void rejectsOtherCredentials(String written) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> AzureCredential.of(written))
        .withMessage(
            "'%s' is invalid; expected one of default, managed-identity, workload-identity, environment, azure-cli;"
                    .formatted(written)
                + " for a user-assigned identity, managed-identity:<client id or resource id>");
  }
}

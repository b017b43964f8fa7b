package dev.outflow.keyvault;

import static java.util.stream.Collectors.toMap;

import dev.outflow.secret.SecretException;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.config.ConfigData;
import org.apache.kafka.common.config.provider.ConfigProvider;

/**
 * Kafka's config provider for Azure Key Vault: {@code ${keyvault:my-vault:my-secret}}. The vault is
 * a name, or a URL in other clouds: {@code ${keyvault:https://v.vault.azure.cn:my-secret}}.
 *
 * <p>{@code config.providers.keyvault.param.credential} is the {@link AzureCredential}. Kafka
 * resolves a reference once, when the client starts; secrets that rotate belong to {@code
 * outflow.*} properties without a config provider.
 */
public final class KeyVaultConfigProvider implements ConfigProvider {
  public static final String CREDENTIAL = "credential";

  private static final String SYNTAX = "must be ${keyvault:vault:secret}";

  private AzureCredential credential;

  /** Called by Kafka, which then calls {@link #configure}. */
  public KeyVaultConfigProvider() {
    this(AzureCredential.DEFAULT);
  }

  public KeyVaultConfigProvider(AzureCredential credential) {
    this.credential = credential;
  }

  @Override
  public void configure(Map<String, ?> parameters) {
    if (parameters.get(CREDENTIAL) instanceof String text) {
      credential = AzureCredential.of(text);
    }
  }

  /**
   * Reads secrets of one vault.
   *
   * @throws SecretException if one of them cannot be read
   */
  @Override
  public ConfigData get(String vault, Set<String> secrets) {
    return new ConfigData(secrets.stream().collect(toMap(name -> name, name -> read(vault, name))));
  }

  /** Not supported: a vault is not read as a whole. */
  @Override
  public ConfigData get(String vault) {
    throw new SecretException(SYNTAX);
  }

  /** Kafka splits at the first colon; a URL contains one, so the name follows the last one. */
  private String read(String vault, String name) {
    if (vault.isEmpty()) {
      throw new SecretException(SYNTAX);
    }
    String whole = vault + ":" + name;
    try {
      return KeyVault.at(vaultOf(vault, name), credential)
          .secret(whole.substring(whole.lastIndexOf(':') + 1));
    } catch (IllegalArgumentException e) {
      throw new SecretException(e.getMessage());
    }
  }

  /**
   * Returns the vault of a reference that Kafka has split.
   *
   * @throws IllegalArgumentException if it is invalid, with the valid forms
   */
  public static KeyVaultAddress vaultOf(String path, String key) {
    String whole = path + ":" + key;
    return KeyVaultAddress.of(whole.substring(0, whole.lastIndexOf(':')));
  }

  @Override
  public void close() {
    // The Key Vault client is shared by the process.
  }
}

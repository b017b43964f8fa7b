package dev.outflow.keyvault;

import static java.util.stream.Collectors.toMap;

import dev.outflow.secret.SecretException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.config.ConfigData;
import org.apache.kafka.common.config.provider.ConfigProvider;

/**
 * {@code ${keyvault:my-vault:my-secret}}: Kafka's config provider for Azure Key Vault. The vault is
 * a name, or a whole URL for other clouds: {@code ${keyvault:https://v.vault.azure.cn:my-secret}}.
 *
 * <p>{@code config.providers.keyvault.param.credential} says as whom to read; see {@link
 * AzureCredential}.
 */
public final class KeyVaultConfigProvider implements ConfigProvider {
  public static final String CREDENTIAL = "credential";

  private static final String HOW = "write ${keyvault:vault:secret}, with a vault and a secret";

  /** How old what was read for another client of this process may be. */
  private static final Duration MAX_AGE = Duration.ofMillis(100);

  private AzureCredential credential;

  /** For Kafka, which calls {@link #configure} next. */
  public KeyVaultConfigProvider() {
    this(AzureCredential.DEFAULT);
  }

  public KeyVaultConfigProvider(AzureCredential credential) {
    this.credential = credential;
  }

  @Override
  public void configure(Map<String, ?> parameters) {
    if (parameters.get(CREDENTIAL) instanceof String written) {
      credential = AzureCredential.of(written);
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

  /** A whole vault cannot be asked for. */
  @Override
  public ConfigData get(String vault) {
    throw new SecretException(HOW);
  }

  /** Kafka splits at the first colon, and a URL has one of its own: the name is behind the last. */
  private String read(String vault, String name) {
    if (vault.isEmpty()) {
      throw new SecretException(HOW);
    }
    String whole = vault + ":" + name;
    try {
      return KeyVault.at(vaultOf(vault, name), credential)
          .secret(whole.substring(whole.lastIndexOf(':') + 1), MAX_AGE);
    } catch (IllegalArgumentException e) {
      throw new SecretException(e.getMessage());
    }
  }

  /**
   * The vault of a reference that Kafka has split.
   *
   * @throws IllegalArgumentException if it is none, saying what can be written
   */
  public static KeyVaultAddress vaultOf(String path, String key) {
    String whole = path + ":" + key;
    return KeyVaultAddress.of(whole.substring(0, whole.lastIndexOf(':')));
  }

  @Override
  public void close() {
    // The vault is shared by all clients of the process.
  }
}

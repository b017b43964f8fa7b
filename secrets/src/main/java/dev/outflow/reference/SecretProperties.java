package dev.outflow.reference;

import static java.util.stream.Collectors.toUnmodifiableMap;

import dev.outflow.keyvault.AzureCredential;
import dev.outflow.keyvault.KeyVault;
import dev.outflow.secret.SecretException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The secrets of a Kafka client, read each time they are needed and not once when the client
 * starts, as Kafka would. In the client's configuration each property has the prefix {@code
 * outflow.}:
 *
 * <ul>
 *   <li>{@code outflow.username}, {@code outflow.password}: values or references.
 *   <li>{@code outflow.truststore-certificates}, {@code outflow.truststore-password}, {@code
 *       outflow.keystore-certificate-chain}, {@code outflow.keystore-key}, {@code
 *       outflow.keystore-key-password}: names of secrets in {@code outflow.key-vault-name},
 *       references, or PEM.
 *   <li>{@code outflow.key-vault-name}: a vault's name, or its URL.
 *   <li>{@code outflow.key-vault-credential}: the {@link AzureCredential}; default: {@code
 *       default}.
 *   <li>{@code outflow.key-vault-refresh-interval-ms}: interval of re-reads in addition to those
 *       for new connections; default: 300000.
 * </ul>
 *
 * <p>References are those of {@link References}. If {@code config.providers} of the client lists
 * their type, Kafka has resolved them already: they work, but do not rotate.
 *
 * @param values values, references or PEM by property, without the prefix
 * @param literals the properties whose values are not references, whatever they look like
 * @param credential the Azure identity that reads Key Vault
 * @param refreshInterval interval of re-reads in addition to those for new connections
 */
public record SecretProperties(
    Map<String, String> values,
    Set<String> literals,
    AzureCredential credential,
    Duration refreshInterval) {
  public static final String PREFIX = "outflow.";
  public static final String USERNAME = "username";
  public static final String PASSWORD = "password";
  public static final String TRUSTSTORE_CERTIFICATES = "truststore-certificates";
  public static final String TRUSTSTORE_PASSWORD = "truststore-password";
  public static final String KEYSTORE_CERTIFICATE_CHAIN = "keystore-certificate-chain";
  public static final String KEYSTORE_KEY = "keystore-key";
  public static final String KEYSTORE_KEY_PASSWORD = "keystore-key-password";
  public static final String KEY_VAULT_NAME = "key-vault-name";
  public static final String KEY_VAULT_CREDENTIAL = "key-vault-credential";

  private static final Set<String> CREDENTIALS = Set.of(USERNAME, PASSWORD);

  /** Shortest refresh interval. */
  public static final Duration MIN_REFRESH_INTERVAL = Duration.ofSeconds(1);

  static final String REFRESH_INTERVAL_MS = "key-vault-refresh-interval-ms";
  private static final String PEM = "-----BEGIN ";

  public SecretProperties {
    values = Map.copyOf(values);
    literals = Set.copyOf(literals);
  }

  public SecretProperties(
      Map<String, String> values, AzureCredential credential, Duration refreshInterval) {
    this(values, Set.of(), credential, refreshInterval);
  }

  /**
   * Reads {@code names} from the configuration of a Kafka client.
   *
   * @param required the properties that must be present
   * @throws org.apache.kafka.common.config.ConfigException with every missing or invalid property,
   *     one a line
   */
  public static SecretProperties of(
      Map<String, ?> client, Set<String> names, Set<String> required) {
    return new ClientPropertyReader(client).read(required).only(names);
  }

  /** Returns the configuration of a Kafka client that {@link #of} reads. */
  public Map<String, String> clientProperties() {
    Map<String, String> client = new HashMap<>();
    values.forEach((key, value) -> client.put(PREFIX + key, value));
    client.put(PREFIX + KEY_VAULT_CREDENTIAL, credential.toString());
    client.put(PREFIX + REFRESH_INTERVAL_MS, String.valueOf(refreshInterval.toMillis()));
    return client;
  }

  /**
   * Returns the reference that a property with a secret's name, a reference or PEM stands for.
   *
   * @throws IllegalArgumentException if it is neither of them, or a name and there is no vault
   */
  public static String reference(String value, Optional<String> vault, String vaultProperty) {
    if (References.isIn(value) || value.contains(PEM)) {
      return value;
    }
    if (vault.isEmpty()) {
      throw new IllegalArgumentException(
          "names a secret, but '%s' is not set; set it, or use a reference such as ${dir:/etc/certs:ca.pem}"
              .formatted(vaultProperty));
    }
    if (!KeyVault.isSecretName(value)) {
      throw new IllegalArgumentException(
          "is not a valid secret name (letters, digits and '-'); use such a name, a reference or PEM");
    }
    return "${keyvault:%s:%s}".formatted(vault.get(), value);
  }

  /** Returns the same with these properties only. */
  public SecretProperties only(Set<String> names) {
    return new SecretProperties(
        values.entrySet().stream()
            .filter(property -> names.contains(property.getKey()))
            .collect(toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue)),
        literals,
        credential,
        refreshInterval);
  }

  /**
   * Reads the current secrets, without the line end and byte order mark that a file or secret can
   * have.
   *
   * @throws SecretException naming the property that cannot be read or is empty
   */
  public Map<String, String> read() {
    References references = new References(credential);
    Map<String, String> secrets = new HashMap<>();
    values.forEach(
        (property, value) -> {
          String secret = literals.contains(property) ? value : references.resolve(property, value);
          secrets.put(property, SecretText.trimmed(secret));
        });
    secrets.forEach(
        (property, secret) -> {
          if (secret.isBlank()) {
            throw new SecretException(property, "is empty");
          }
          if (CREDENTIALS.contains(property) && secret.indexOf('\0') >= 0) {
            throw new SecretException(
                property, "contains NUL characters, as UTF-16 text does; save it as UTF-8");
          }
        });
    return secrets;
  }

  /** Values can be secrets: names only. */
  @Override
  public String toString() {
    return "Secrets of " + String.join(", ", new TreeSet<>(values.keySet()));
  }
}

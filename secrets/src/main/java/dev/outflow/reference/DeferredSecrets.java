package dev.outflow.reference;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toUnmodifiableMap;

import dev.outflow.keyvault.AzureCredential;
import dev.outflow.secret.SecretException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Properties whose values are read where a Kafka client runs, each time they are needed, and not
 * once when the client is made as Kafka would. Among the client's properties they are {@code
 * outflow.} and the property's name, encoded so that Kafka sees no reference to resolve.
 *
 * @param written the values as the user wrote them, references for the most part
 * @param credential as whom Key Vault is read
 * @param refreshInterval how often they are read again without any need
 */
public record DeferredSecrets(
    Map<String, String> written, AzureCredential credential, Duration refreshInterval) {
  private static final String PREFIX = "outflow.";
  private static final String VALUE_PREFIX = PREFIX + "value.";
  private static final String CREDENTIAL = PREFIX + "key-vault-credential";
  private static final String REFRESH_MS = PREFIX + "key-vault-refresh-interval-ms";

  public DeferredSecrets {
    written = Map.copyOf(written);
  }

  /** From the properties of a Kafka client. */
  public static DeferredSecrets of(Map<String, ?> client) {
    Map<String, String> written = new HashMap<>();
    client.forEach(
        (key, value) -> {
          if (key.startsWith(VALUE_PREFIX)) {
            written.put(
                key.substring(VALUE_PREFIX.length()), URLDecoder.decode((String) value, UTF_8));
          }
        });
    return new DeferredSecrets(
        written,
        AzureCredential.of((String) client.get(CREDENTIAL)),
        Duration.ofMillis(Long.parseLong((String) client.get(REFRESH_MS))));
  }

  /** As properties of a Kafka client, which hands them to the classes that it is told to use. */
  public Map<String, String> clientProperties() {
    Map<String, String> client = new HashMap<>();
    written.forEach(
        (key, value) -> client.put(VALUE_PREFIX + key, URLEncoder.encode(value, UTF_8)));
    client.put(CREDENTIAL, credential.toString());
    client.put(REFRESH_MS, String.valueOf(refreshInterval.toMillis()));
    return client;
  }

  /** Those of {@code properties} only. */
  public DeferredSecrets only(Set<String> properties) {
    return new DeferredSecrets(
        written.entrySet().stream()
            .filter(each -> properties.contains(each.getKey()))
            .collect(toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue)),
        credential,
        refreshInterval);
  }

  /**
   * The values as they are now, without the line end that a file or a secret may have.
   *
   * @throws SecretException naming the property that cannot be read or is empty, and why
   */
  public Map<String, String> read() {
    Map<String, String> values = new References(credential).read(written);
    values.replaceAll((property, value) -> value.replaceFirst("[\\r\\n]+$", ""));
    values.forEach(
        (property, value) -> {
          if (value.isBlank()) {
            throw new SecretException(property, "is empty");
          }
        });
    return values;
  }

  /** Values may be secrets: names only. */
  @Override
  public String toString() {
    return "Secrets of " + String.join(", ", new TreeSet<>(written.keySet()));
  }
}

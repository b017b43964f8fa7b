package dev.outflow.keyvault;

import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpRequest;
import com.azure.security.keyvault.secrets.SecretAsyncClient;
import com.azure.security.keyvault.secrets.SecretClientBuilder;
import com.azure.security.keyvault.secrets.models.KeyVaultSecret;
import com.azure.security.keyvault.secrets.models.SecretProperties;
import dev.outflow.secret.SecretException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * One vault, read as one identity. All clients of a process share it, and what it has read lately.
 */
public final class KeyVault {
  /** Azure's rule for the name of a secret. */
  private static final Pattern SECRET_NAME = Pattern.compile("[0-9a-zA-Z-]{1,127}");

  private static final Duration KNOCK = Duration.ofSeconds(7);

  private static final Map<Identified, KeyVault> SHARED = new ConcurrentHashMap<>();

  private final KeyVaultAddress address;
  private final AzureCredential credential;
  private final SecretAsyncClient client;
  private final Map<String, RecentAnswer> answers = new ConcurrentHashMap<>();

  private record Identified(KeyVaultAddress address, AzureCredential credential) {}

  private KeyVault(KeyVaultAddress address, AzureCredential credential) {
    this.address = address;
    this.credential = credential;
    SecretClientBuilder builder =
        new SecretClientBuilder()
            .vaultUrl(address.toString())
            .credential(credential.open())
            .httpClient(AzureRequests.client())
            .addPolicy(AzureRequests.withoutLength())
            .retryPolicy(AzureRequests.retries());
    this.client =
        address.isInADomain()
            ? builder.buildAsyncClient()
            : builder.disableChallengeResourceVerification().buildAsyncClient();
  }

  /** The vault at {@code address}, read as {@code credential}. */
  public static KeyVault at(KeyVaultAddress address, AzureCredential credential) {
    return SHARED.computeIfAbsent(
        new Identified(address, credential), key -> new KeyVault(address, credential));
  }

  /**
   * Returns when the vault answers, whatever it says to somebody without a token. Waits for 7 s at
   * most, with a second try.
   *
   * @throws SecretException if it cannot be reached
   */
  public static void knock(KeyVaultAddress address) {
    HttpRequest request = new HttpRequest(HttpMethod.GET, address + "/secrets?api-version=7.4");
    try {
      AzureRequests.client().send(request).retry(1).block(KNOCK).close();
    } catch (RuntimeException e) {
      throw new SecretException(VaultFailure.explain(e, "", address, AzureCredential.DEFAULT));
    }
  }

  /** Whether Azure could have a secret of this name. */
  public static boolean isSecretName(String name) {
    return SECRET_NAME.matcher(name).matches();
  }

  /**
   * The newest version of a secret. Waits for 12 s at most.
   *
   * @param maxAge how long ago it may have been read
   * @throws SecretException if it is missing, disabled, expired, not allowed or cannot be reached
   */
  public String secret(String name, Duration maxAge) {
    return answers
        .computeIfAbsent(name, key -> new RecentAnswer(() -> read(name)))
        .notOlderThan(maxAge);
  }

  private String read(String name) {
    KeyVaultSecret secret;
    try {
      secret = client.getSecret(name).block(AzureRequests.LIMIT);
    } catch (RuntimeException e) {
      throw new SecretException(VaultFailure.explain(e, name, address, credential));
    }
    SecretProperties properties = secret.getProperties();
    Instant now = Instant.now();
    if (properties.getExpiresOn() != null && properties.getExpiresOn().toInstant().isBefore(now)) {
      throw new SecretException(
          "the secret '%s' in %s expired on %s; put a new version there"
              .formatted(name, address, properties.getExpiresOn().toInstant()));
    }
    if (properties.getNotBefore() != null && properties.getNotBefore().toInstant().isAfter(now)) {
      throw new SecretException(
          "the secret '%s' in %s is not valid before %s"
              .formatted(name, address, properties.getNotBefore().toInstant()));
    }
    return secret.getValue();
  }
}

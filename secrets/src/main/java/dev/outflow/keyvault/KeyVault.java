package dev.outflow.keyvault;

import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpRequest;
import com.azure.security.keyvault.secrets.SecretAsyncClient;
import com.azure.security.keyvault.secrets.SecretClientBuilder;
import com.azure.security.keyvault.secrets.SecretServiceVersion;
import com.azure.security.keyvault.secrets.models.KeyVaultSecret;
import com.azure.security.keyvault.secrets.models.SecretProperties;
import dev.outflow.secret.SecretException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** A client for one vault and one identity, shared by all Kafka clients of the process. */
public final class KeyVault {
  /** Azure's rule for names of secrets. */
  private static final Pattern SECRET_NAME = Pattern.compile("[0-9a-zA-Z-]{1,127}");

  /** The SDK's default is the newest version, which emulators and other clouds may not support. */
  private static final SecretServiceVersion API_VERSION = SecretServiceVersion.V7_4;

  private static final Duration REACHABILITY_TIMEOUT = Duration.ofSeconds(7);

  private static final Map<VaultAndIdentity, KeyVault> SHARED = new ConcurrentHashMap<>();

  private final KeyVaultAddress address;
  private final AzureCredential credential;
  private final SecretAsyncClient client;

  private record VaultAndIdentity(KeyVaultAddress address, AzureCredential credential) {}

  private KeyVault(KeyVaultAddress address, AzureCredential credential) {
    this.address = address;
    this.credential = credential;
    SecretClientBuilder builder =
        new SecretClientBuilder()
            .vaultUrl(address.toString())
            .serviceVersion(API_VERSION)
            .credential(credential.tokenCredential())
            .httpClient(AzureHttp.client())
            .addPolicy(AzureHttp.withoutContentLength())
            .retryPolicy(AzureHttp.retryPolicy());
    this.client =
        address.hasDomain()
            ? builder.buildAsyncClient()
            : builder.disableChallengeResourceVerification().buildAsyncClient();
  }

  /** Returns the client for a vault and an identity. */
  public static KeyVault at(KeyVaultAddress address, AzureCredential credential) {
    return SHARED.computeIfAbsent(
        new VaultAndIdentity(address, credential), key -> new KeyVault(address, credential));
  }

  /**
   * Checks that the vault responds to a request without a token. Waits for at most 7 s, with one
   * retry.
   *
   * @throws SecretException if the vault is not reachable
   */
  public static void checkReachable(KeyVaultAddress address) {
    HttpRequest request =
        new HttpRequest(
            HttpMethod.GET, address + "/secrets?api-version=" + API_VERSION.getVersion());
    try {
      AzureHttp.client().send(request).retry(1).block(REACHABILITY_TIMEOUT).close();
    } catch (RuntimeException e) {
      throw new SecretException(KeyVaultErrors.explain(e, "", address, AzureCredential.DEFAULT));
    }
  }

  /** Returns whether Azure allows this name for a secret. */
  public static boolean isSecretName(String name) {
    return SECRET_NAME.matcher(name).matches();
  }

  /**
   * Reads the newest version of a secret. Waits for at most 12 s.
   *
   * @throws SecretException if the secret is missing, disabled, expired or not yet valid, the
   *     identity is not authorized, or the vault does not respond
   */
  public String secret(String name) {
    KeyVaultSecret secret;
    try {
      secret = client.getSecret(name).block(AzureHttp.CALL_TIMEOUT);
    } catch (RuntimeException e) {
      throw new SecretException(KeyVaultErrors.explain(e, name, address, credential));
    }
    SecretProperties properties = secret.getProperties();
    Instant now = Instant.now();
    if (properties.getExpiresOn() != null && properties.getExpiresOn().toInstant().isBefore(now)) {
      throw new SecretException(
          "secret '%s' in %s expired on %s; add a new version"
              .formatted(name, address, properties.getExpiresOn().toInstant()));
    }
    if (properties.getNotBefore() != null && properties.getNotBefore().toInstant().isAfter(now)) {
      throw new SecretException(
          "secret '%s' in %s is not valid before %s"
              .formatted(name, address, properties.getNotBefore().toInstant()));
    }
    return secret.getValue();
  }
}

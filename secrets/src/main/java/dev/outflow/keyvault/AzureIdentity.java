package dev.outflow.keyvault;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.TokenCredential;
import com.azure.core.credential.TokenRequestContext;
import dev.outflow.secret.SecretException;
import java.time.Duration;

/** The Azure identity of this process, which requests tokens. */
public record AzureIdentity(AzureCredential credential, TokenCredential tokenCredential) {
  private static final Duration TOKEN_TIMEOUT = Duration.ofSeconds(15);

  /**
   * Returns the identity; no token is requested yet.
   *
   * @throws SecretException if this process lacks the configuration that the credential requires
   */
  public static AzureIdentity of(AzureCredential credential) {
    return new AzureIdentity(credential, credential.tokenCredential());
  }

  /**
   * Requests a token. Waits for at most 15 s.
   *
   * @param scope for example {@code https://vault.azure.net/.default}
   * @throws SecretException if no token is issued
   */
  public AccessToken token(String scope) {
    try {
      return tokenCredential
          .getToken(new TokenRequestContext().addScopes(scope))
          .block(TOKEN_TIMEOUT);
    } catch (RuntimeException e) {
      throw new SecretException(
          "no Azure token for %s (key-vault-credential '%s'): %s"
              .formatted(scope, credential, firstLine(e)));
    }
  }

  private static String firstLine(RuntimeException failure) {
    return String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
  }
}

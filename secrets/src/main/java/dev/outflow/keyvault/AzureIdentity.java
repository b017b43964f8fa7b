package dev.outflow.keyvault;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.TokenCredential;
import com.azure.core.credential.TokenRequestContext;
import dev.outflow.secret.SecretException;
import java.time.Duration;

/** As whom this process speaks to Azure, ready to be asked for tokens. */
public record AzureIdentity(AzureCredential credential, TokenCredential opened) {
  private static final Duration WAIT = Duration.ofSeconds(15);

  /**
   * Opens it; nothing is asked yet.
   *
   * @throws SecretException if this process lacks what such a credential needs from the start
   */
  public static AzureIdentity open(AzureCredential credential) {
    return new AzureIdentity(credential, credential.open());
  }

  /**
   * A token. Waits for 15 s at most.
   *
   * @param scope what it is for: {@code https://vault.azure.net/.default}
   * @throws SecretException if there is none
   */
  public AccessToken token(String scope) {
    try {
      return opened.getToken(new TokenRequestContext().addScopes(scope)).block(WAIT);
    } catch (RuntimeException e) {
      throw new SecretException(
          "no Azure identity gives a token for %s (key-vault-credential '%s'): %s"
              .formatted(scope, credential, firstLine(e)));
    }
  }

  private static String firstLine(RuntimeException failure) {
    return String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
  }
}

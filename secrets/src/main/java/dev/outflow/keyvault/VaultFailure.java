package dev.outflow.keyvault;

import com.azure.core.exception.ClientAuthenticationException;
import com.azure.core.exception.HttpResponseException;
import com.azure.identity.CredentialUnavailableException;
import dev.outflow.secret.Causes;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.util.Optional;
import javax.net.ssl.SSLException;

/** Why a vault gave no secret, in words that someone can act on. */
final class VaultFailure {
  private static final int UNAUTHORIZED = 401;
  private static final int FORBIDDEN = 403;
  private static final int NOT_FOUND = 404;
  private static final int TOO_MANY_REQUESTS = 429;

  private VaultFailure() {}

  static String explain(
      Throwable failure, String secret, KeyVaultAddress vault, AzureCredential credential) {
    Causes causes = Causes.of(failure);
    if (causes
            .find(ClientAuthenticationException.class)
            .filter(e -> isFromVault(e, vault))
            .isEmpty()
        && (causes.find(CredentialUnavailableException.class).isPresent()
            || causes.find(ClientAuthenticationException.class).isPresent())) {
      return noIdentity(vault, credential, causes);
    }
    Optional<HttpResponseException> answer =
        causes.find(HttpResponseException.class).filter(e -> e.getResponse() != null);
    if (answer.isPresent()) {
      return answered(answer.get(), secret, vault, credential);
    }
    if (causes.find(UnknownHostException.class).isPresent()
        || causes.find(UnresolvedAddressException.class).isPresent()) {
      return "there is no vault %s: its name does not resolve; correct key-vault-name, or the DNS of a private endpoint"
          .formatted(vault);
    }
    Optional<SSLException> tls = causes.find(SSLException.class);
    if (tls.isPresent()) {
      return "the certificate of %s is not trusted by this JVM (%s); if the vault has an authority of its own, add it to the JVM's truststore (javax.net.ssl.trustStore)"
          .formatted(vault, tls.get().getMessage());
    }
    // Java has a ConnectException among the causes of a connection that timed out, too.
    if (causes.find(ConnectException.class).isPresent()
        && causes.find(HttpTimeoutException.class).isEmpty()) {
      return "%s refuses connections; is it the right address?".formatted(vault);
    }
    return "%s did not answer in time (%s); is it reachable from this machine?"
        .formatted(vault, causes.root().getClass().getSimpleName());
  }

  private static boolean isFromVault(ClientAuthenticationException e, KeyVaultAddress vault) {
    return e.getResponse() != null
        && e.getResponse().getRequest().getUrl().getHost().equals(vault.url().getHost())
        && e.getResponse().getRequest().getUrl().getPath().startsWith("/secrets");
  }

  private static String answered(
      HttpResponseException answer,
      String secret,
      KeyVaultAddress vault,
      AzureCredential credential) {
    int status = answer.getResponse().getStatusCode();
    String told = String.valueOf(answer.getMessage());
    return switch (status) {
      case NOT_FOUND ->
          "there is no secret '%s' in %s; upload it, or correct the name".formatted(secret, vault);
      case FORBIDDEN -> forbidden(told, secret, vault, credential);
      case UNAUTHORIZED ->
          "%s does not accept the identity '%s': is the vault in its tenant?"
              .formatted(vault, credential);
      case TOO_MANY_REQUESTS ->
          "%s is throttling: it answered 429 to every try for '%s'".formatted(vault, secret);
      default -> "%s answered %d for the secret '%s'".formatted(vault, status, secret);
    };
  }

  private static String forbidden(
      String told, String secret, KeyVaultAddress vault, AzureCredential credential) {
    if (told.contains("SecretDisabled") || told.contains("disabled secret")) {
      return "the secret '%s' in %s is disabled; enable it, or put a new version there"
          .formatted(secret, vault);
    }
    if (told.contains("not yet valid") || told.contains("SecretNotYetValid")) {
      return "the secret '%s' in %s is not valid yet".formatted(secret, vault);
    }
    if (told.contains("Firewall") || told.contains("Client address is not authorized")) {
      return "the firewall of %s refuses this network; allow it there, or use a private endpoint"
          .formatted(vault);
    }
    return "the identity '%s' may not read the secret '%s' in %s; give it the role 'Key Vault Secrets User'"
        .formatted(credential, secret, vault);
  }

  private static String noIdentity(
      KeyVaultAddress vault, AzureCredential credential, Causes causes) {
    String told = causes.rootMessage().lines().findFirst().orElse("");
    return "no Azure identity to read %s with (key-vault-credential '%s'): %s"
        .formatted(vault, credential, told);
  }
}

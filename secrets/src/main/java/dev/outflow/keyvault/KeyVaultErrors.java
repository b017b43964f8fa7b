package dev.outflow.keyvault;

import com.azure.core.exception.ClientAuthenticationException;
import com.azure.core.exception.HttpResponseException;
import com.azure.identity.CredentialUnavailableException;
import dev.outflow.secret.Causes;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertificateException;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/** Messages for failed Key Vault requests, each with the reason and the remedy. */
final class KeyVaultErrors {
  private static final int UNAUTHORIZED = 401;
  private static final int FORBIDDEN = 403;
  private static final int NOT_FOUND = 404;
  private static final int TOO_MANY_REQUESTS = 429;

  private KeyVaultErrors() {}

  static String explain(
      Throwable failure, String secret, KeyVaultAddress vault, AzureCredential credential) {
    Causes causes = Causes.of(failure);
    if (causes
            .find(ClientAuthenticationException.class)
            .filter(e -> isFromVault(e, vault))
            .isEmpty()
        && (causes.find(CredentialUnavailableException.class).isPresent()
            || causes.find(ClientAuthenticationException.class).isPresent())) {
      return noToken(vault, credential, causes);
    }
    Optional<HttpResponseException> response =
        causes.find(HttpResponseException.class).filter(e -> e.getResponse() != null);
    if (response.isPresent()) {
      return rejected(response.get(), secret, vault, credential);
    }
    if (causes.find(UnknownHostException.class).isPresent()
        || causes.find(UnresolvedAddressException.class).isPresent()) {
      return "the host name of %s does not resolve; correct key-vault-name, or the DNS of its private endpoint"
          .formatted(vault);
    }
    return noResponse(causes, vault);
  }

  /**
   * Explains a request that ended without a response. Java reports a timeout as an {@link
   * HttpTimeoutException} whose cause can be the {@link IOException} of the connection that it
   * closes, or a {@link ConnectException}: only the type of the timeout itself is reliable.
   */
  private static String noResponse(Causes causes, KeyVaultAddress vault) {
    if (causes.find(HttpTimeoutException.class).isPresent()
        || causes.find(TimeoutException.class).isPresent()) {
      return "%s did not respond in time; check that it is reachable from this machine"
          .formatted(vault);
    }
    Optional<CertificateException> untrusted = causes.find(CertificateException.class);
    if (untrusted.isPresent()) {
      return "this JVM does not trust the certificate of %s (%s); if the vault uses a private CA, add it to the JVM's truststore (javax.net.ssl.trustStore)"
          .formatted(vault, untrusted.get().getMessage());
    }
    Optional<SSLException> tls = causes.find(SSLException.class);
    if (tls.isPresent()) {
      return "the TLS handshake with %s failed (%s); check the address, and proxies between this machine and the vault"
          .formatted(vault, tls.get().getMessage());
    }
    if (causes.find(ConnectException.class).isPresent()) {
      return "%s refused the connection; check the address".formatted(vault);
    }
    return causes.find(IOException.class).isPresent()
        ? "the connection to %s failed (%s); check that it is reachable from this machine"
            .formatted(vault, reason(causes.root()))
        : "the request to %s failed (%s)".formatted(vault, reason(causes.root()));
  }

  /** Returns the message of Java's own I/O failures only: a parser's may quote the response. */
  private static String reason(Throwable failure) {
    String type = failure.getClass().getSimpleName();
    return failure instanceof IOException
            && failure.getClass().getName().startsWith("java.")
            && failure.getMessage() != null
        ? type + ": " + failure.getMessage()
        : type;
  }

  private static boolean isFromVault(ClientAuthenticationException e, KeyVaultAddress vault) {
    return e.getResponse() != null
        && e.getResponse().getRequest().getUrl().getHost().equals(vault.url().getHost())
        && e.getResponse().getRequest().getUrl().getPath().startsWith("/secrets");
  }

  private static String rejected(
      HttpResponseException response,
      String secret,
      KeyVaultAddress vault,
      AzureCredential credential) {
    int status = response.getResponse().getStatusCode();
    return switch (status) {
      case NOT_FOUND -> notFound(String.valueOf(response.getMessage()), secret, vault);
      case FORBIDDEN -> forbidden(String.valueOf(response.getMessage()), secret, vault, credential);
      case UNAUTHORIZED ->
          "%s rejected the token of '%s'; check that the vault is in the tenant of this identity"
              .formatted(vault, credential);
      case TOO_MANY_REQUESTS ->
          "%s throttles requests: 429 on every attempt to read '%s'".formatted(vault, secret);
      default -> "%s returned HTTP %d for secret '%s'".formatted(vault, status, secret);
    };
  }

  private static String notFound(String message, String secret, KeyVaultAddress vault) {
    return message.contains("SecretNotFound")
        ? "secret '%s' not found in %s; create it or correct the name".formatted(secret, vault)
        : "%s returned HTTP 404 without the error code SecretNotFound, so it is probably not a Key Vault; correct key-vault-name"
            .formatted(vault);
  }

  private static String forbidden(
      String message, String secret, KeyVaultAddress vault, AzureCredential credential) {
    if (message.contains("SecretDisabled") || message.contains("disabled secret")) {
      return "secret '%s' in %s is disabled; enable it, or add a new version"
          .formatted(secret, vault);
    }
    if (message.contains("not yet valid") || message.contains("SecretNotYetValid")) {
      return "secret '%s' in %s is not valid yet".formatted(secret, vault);
    }
    if (message.contains("Firewall") || message.contains("Client address is not authorized")) {
      return "the firewall of %s blocks this network; allow it, or use a private endpoint"
          .formatted(vault);
    }
    return "identity '%s' is not authorized to read secret '%s' in %s; assign it the role 'Key Vault Secrets User'"
        .formatted(credential, secret, vault);
  }

  private static String noToken(KeyVaultAddress vault, AzureCredential credential, Causes causes) {
    String reason = causes.rootMessage().lines().findFirst().orElse("");
    return "no Azure token for %s (key-vault-credential '%s'): %s"
        .formatted(vault, credential, reason);
  }
}

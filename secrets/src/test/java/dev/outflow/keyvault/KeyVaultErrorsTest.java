package dev.outflow.keyvault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.security.cert.CertificateException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;

/** Holds the messages for requests without a response, in each form that Java reports them in. */
class KeyVaultErrorsTest {
  private static final String TIMEOUT =
      "https://v.vault.azure.net did not respond in time; check that it is reachable from this machine";

  @Test
  void reportsTimeoutHoweverItEndsTheConnection() {
    assertThat(explain(new HttpTimeoutException("request timed out"))).isEqualTo(TIMEOUT);
    assertThat(
            explain(
                new HttpTimeoutException("request timed out")
                    .initCause(new IOException("header parser received no bytes"))))
        .isEqualTo(TIMEOUT);
    assertThat(
            explain(
                new HttpConnectTimeoutException("HTTP connect timed out")
                    .initCause(new ConnectException("HTTP connect timed out"))))
        .isEqualTo(TIMEOUT);
    assertThat(explain(new IllegalStateException("blocked", new TimeoutException())))
        .isEqualTo(TIMEOUT);
  }

  @Test
  void reportsFailedConnectionWithItsReason() {
    assertThat(explain(new SocketException("Connection reset")))
        .isEqualTo(
            "the connection to https://v.vault.azure.net failed (SocketException: Connection reset); check that it is reachable from this machine");
    assertThat(
            explain(
                new IOException("no bytes").initCause(new EOFException("EOF reached in reading"))))
        .isEqualTo(
            "the connection to https://v.vault.azure.net failed (EOFException: EOF reached in reading); check that it is reachable from this machine");
    assertThat(explain(new ConnectException("Connection refused")))
        .isEqualTo("https://v.vault.azure.net refused the connection; check the address");
  }

  @Test
  void tellsUntrustedCertificateFromFailedHandshake() {
    assertThat(
            explain(
                new SSLHandshakeException("PKIX")
                    .initCause(new CertificateException("unable to find path"))))
        .startsWith(
            "this JVM does not trust the certificate of https://v.vault.azure.net (unable to find path); ");
    assertThat(explain(new SSLHandshakeException("Remote host terminated the handshake")))
        .isEqualTo(
            "the TLS handshake with https://v.vault.azure.net failed (Remote host terminated the handshake); check the address, and proxies between this machine and the vault");
  }

  @Test
  void doesNotQuoteUnreadableResponse() {
    assertThat(explain(new UncheckedIOException(new ParserException("at 'my-password'"))))
        .isEqualTo(
            "the connection to https://v.vault.azure.net failed (ParserException); check that it is reachable from this machine");
    assertThat(explain(new IllegalArgumentException("my-password")))
        .isEqualTo("the request to https://v.vault.azure.net failed (IllegalArgumentException)");
  }

  private static String explain(Throwable failure) {
    return KeyVaultErrors.explain(
        new RuntimeException(failure),
        "secret",
        KeyVaultAddress.of("https://v.vault.azure.net"),
        AzureCredential.DEFAULT);
  }

  private static final class ParserException extends IOException {
    ParserException(String message) {
      super(message);
    }
  }
}

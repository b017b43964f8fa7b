package dev.outflow.tls;

import static dev.outflow.reference.SecretProperties.KEYSTORE_CERTIFICATE_CHAIN;
import static dev.outflow.reference.SecretProperties.KEYSTORE_KEY;
import static dev.outflow.reference.SecretProperties.KEYSTORE_KEY_PASSWORD;
import static dev.outflow.reference.SecretProperties.TRUSTSTORE_CERTIFICATES;
import static dev.outflow.reference.SecretProperties.TRUSTSTORE_PASSWORD;

import dev.outflow.secret.HasExpiry;
import dev.outflow.secret.SecretException;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Trust anchors and client identity for TLS, in memory only.
 *
 * @param trustAnchors the CA certificates trusted for brokers
 * @param trustManager Java's trust manager for them
 * @param identity the client certificate and its key, if there is one
 */
public record TlsMaterial(
    TrustAnchors trustAnchors,
    X509ExtendedTrustManager trustManager,
    Optional<ClientIdentity> identity)
    implements HasExpiry {
  /** The properties that it is built from. */
  public static final Set<String> PROPERTIES =
      Set.of(
          TRUSTSTORE_CERTIFICATES,
          TRUSTSTORE_PASSWORD,
          KEYSTORE_CERTIFICATE_CHAIN,
          KEYSTORE_KEY,
          KEYSTORE_KEY_PASSWORD);

  /** Certificates that expire within this number of days cause a warning. */
  public static final int WARNING_DAYS = 30;

  /**
   * Builds it from the values of {@link #PROPERTIES}.
   *
   * @throws SecretException naming the property that is invalid
   */
  public static TlsMaterial of(Map<String, String> secrets) {
    TrustAnchors trustAnchors = TrustAnchors.of(secrets, Clock.systemUTC());
    Optional<ClientIdentity> identity = ClientIdentity.of(secrets, Clock.systemUTC());
    try {
      return new TlsMaterial(trustAnchors, trustAnchors.trustManager(), identity);
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("this JVM does not support TLS", e);
    }
  }

  /** Returns the trust anchor that expires first; empty for the JVM's truststore. */
  public Optional<X509Certificate> firstTrustAnchorToExpire() {
    return trustAnchors.firstToExpire();
  }

  /** Returns the client certificate, if there is one. */
  public Optional<X509Certificate> clientCertificate() {
    return identity.map(client -> client.chain().get(0));
  }

  /** Returns the length of the client certificate chain; 0 without a client certificate. */
  public int chainLength() {
    return identity.map(client -> client.chain().size()).orElse(0);
  }

  @Override
  public List<String> expiryWarnings(Instant now) {
    List<String> warnings = new ArrayList<>();
    firstTrustAnchorToExpire()
        .filter(certificate -> daysLeft(certificate, now) < WARNING_DAYS)
        .ifPresent(certificate -> warnings.add(warning(TRUSTSTORE_CERTIFICATES, certificate, now)));
    clientCertificate()
        .filter(certificate -> daysLeft(certificate, now) < WARNING_DAYS)
        .ifPresent(
            certificate -> warnings.add(warning(KEYSTORE_CERTIFICATE_CHAIN, certificate, now)));
    return warnings;
  }

  private static String warning(String property, X509Certificate certificate, Instant now) {
    double days = daysLeft(certificate, now);
    return "%s: certificate %s %s on %s; store the renewed certificate in the same place; no restart needed"
        .formatted(
            property,
            Certificates.name(certificate),
            days < 0 ? "expired" : "expires in %.0f days,".formatted(Math.floor(days)),
            certificate.getNotAfter().toInstant());
  }

  /** Returns the days until a certificate expires; negative once it has expired. */
  public static double daysLeft(X509Certificate certificate, Instant now) {
    Duration left = Duration.between(now, certificate.getNotAfter().toInstant());
    return left.toMillis() / (double) Duration.ofDays(1).toMillis();
  }
}

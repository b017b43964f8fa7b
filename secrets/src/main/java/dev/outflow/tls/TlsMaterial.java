package dev.outflow.tls;

import static dev.outflow.tls.TlsProperties.KEYSTORE_CERTIFICATE_CHAIN;
import static dev.outflow.tls.TlsProperties.KEYSTORE_KEY;
import static dev.outflow.tls.TlsProperties.KEYSTORE_KEY_PASSWORD;
import static dev.outflow.tls.TlsProperties.TRUSTSTORE_CERTIFICATES;
import static dev.outflow.tls.TlsProperties.TRUSTSTORE_PASSWORD;

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
 * All that TLS needs. It is in memory only.
 *
 * @param authorities who may have signed a broker's certificate
 * @param trust Java's judgement by them
 * @param identity the client's own certificate, if it has one
 */
public record TlsMaterial(
    Authorities authorities, X509ExtendedTrustManager trust, Optional<ClientIdentity> identity)
    implements HasExpiry {
  /** The properties it is made of. */
  public static final Set<String> PROPERTIES =
      Set.of(
          TRUSTSTORE_CERTIFICATES,
          TRUSTSTORE_PASSWORD,
          KEYSTORE_CERTIFICATE_CHAIN,
          KEYSTORE_KEY,
          KEYSTORE_KEY_PASSWORD);

  /** When people are told that a certificate ends. */
  public static final int SOON_DAYS = 30;

  /**
   * From the texts of {@link #PROPERTIES}.
   *
   * @throws SecretException naming the property that is no good, and why
   */
  public static TlsMaterial of(Map<String, String> texts) {
    Authorities authorities = Authorities.of(texts, Clock.systemUTC());
    Optional<ClientIdentity> identity = ClientIdentity.of(texts, Clock.systemUTC());
    try {
      return new TlsMaterial(authorities, authorities.trustManager(), identity);
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("this JVM cannot do TLS", e);
    }
  }

  /** The authority that expires first; none if those of the JVM are trusted. */
  public Optional<X509Certificate> authority() {
    return authorities.firstToExpire();
  }

  /** The client's own certificate, if it has one. */
  public Optional<X509Certificate> client() {
    return identity.map(it -> it.chain().get(0));
  }

  /** How many certificates the client shows: its own and those that signed it. */
  public int chainLength() {
    return identity.map(it -> it.chain().size()).orElse(0);
  }

  @Override
  public List<String> endingSoon(Instant now) {
    List<String> warnings = new ArrayList<>();
    authority()
        .filter(it -> daysLeft(it, now) < SOON_DAYS)
        .ifPresent(it -> warnings.add(warning(TRUSTSTORE_CERTIFICATES, it, now)));
    client()
        .filter(it -> daysLeft(it, now) < SOON_DAYS)
        .ifPresent(it -> warnings.add(warning(KEYSTORE_CERTIFICATE_CHAIN, it, now)));
    return warnings;
  }

  private static String warning(String property, X509Certificate certificate, Instant now) {
    double days = daysLeft(certificate, now);
    return "%s: %s %s, on %s; put its successor there, and it is used without a restart"
        .formatted(
            property,
            Certificates.name(certificate),
            days < 0 ? "has expired" : "expires in %.0f days".formatted(Math.floor(days)),
            certificate.getNotAfter().toInstant());
  }

  /** Days until a certificate expires; negative when it has. */
  public static double daysLeft(X509Certificate certificate, Instant now) {
    Duration left = Duration.between(now, certificate.getNotAfter().toInstant());
    return left.toMillis() / (double) Duration.ofDays(1).toMillis();
  }
}

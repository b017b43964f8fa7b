package dev.outflow.tls;

import static dev.outflow.reference.SecretProperties.TRUSTSTORE_CERTIFICATES;
import static dev.outflow.reference.SecretProperties.TRUSTSTORE_PASSWORD;
import static java.util.stream.Collectors.joining;

import dev.outflow.secret.SecretException;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * The CA certificates trusted for brokers.
 *
 * @param certificates empty for the JVM's truststore
 */
record TrustAnchors(List<X509Certificate> certificates) {

  /**
   * Reads them from the values of the properties. Expired certificates are ignored, so that a
   * bundle can contain the old CA and the new one.
   *
   * @throws SecretException if none of them is valid
   */
  static TrustAnchors of(Map<String, String> secrets, Clock clock) {
    String bundle = secrets.get(TRUSTSTORE_CERTIFICATES);
    if (bundle == null) {
      return new TrustAnchors(List.of());
    }
    String password = secrets.getOrDefault(TRUSTSTORE_PASSWORD, "");
    try {
      List<X509Certificate> all = Certificates.read(bundle, password, TRUSTSTORE_PASSWORD);
      Instant now = clock.instant();
      List<X509Certificate> valid =
          all.stream()
              .filter(certificate -> certificate.getNotAfter().toInstant().isAfter(now))
              .toList();
      if (valid.isEmpty()) {
        throw new SecretException(
            "%s expired on %s; replace it with the CA's current certificate"
                .formatted(Certificates.name(all.get(0)), all.get(0).getNotAfter().toInstant()));
      }
      return new TrustAnchors(valid);
    } catch (SecretException e) {
      throw e.forProperty(TRUSTSTORE_CERTIFICATES);
    }
  }

  /** Returns Java's trust manager for them, which also verifies the host name. */
  X509ExtendedTrustManager trustManager() throws GeneralSecurityException, IOException {
    KeyStore store = null;
    if (!certificates.isEmpty()) {
      store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      for (X509Certificate certificate : certificates) {
        store.setCertificateEntry(String.valueOf(store.size()), certificate);
      }
    }
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return (X509ExtendedTrustManager) factory.getTrustManagers()[0];
  }

  /** Returns the certificate that expires first. */
  Optional<X509Certificate> firstToExpire() {
    return certificates.stream().min(Comparator.comparing(X509Certificate::getNotAfter));
  }

  /** Returns why Java rejected a broker's certificate, and what to do. */
  String explain(X509Certificate[] chain, String host, int port, CertificateException reason) {
    for (X509Certificate certificate : chain) {
      Instant end = certificate.getNotAfter().toInstant();
      if (end.isBefore(Instant.now())) {
        return "certificate %s of broker %s:%d expired on %s; renew it on the broker"
            .formatted(Certificates.name(certificate), host, port, end);
      }
    }
    // Java has no exception type for it: sun.security.util.HostnameChecker runs last.
    if (String.valueOf(reason.getMessage()).startsWith("No ")) {
      return "the certificate of broker %s:%d is valid for %s, not for %s; connect to one of these names, or add this one to the certificate"
          .formatted(host, port, Certificates.hosts(chain[0]), host);
    }
    return "certificate %s of broker %s:%d is signed by %s, which is not in '%s' (%s)"
        .formatted(
            Certificates.name(chain[0]),
            host,
            port,
            chain[chain.length - 1].getIssuerX500Principal().getName(),
            TRUSTSTORE_CERTIFICATES,
            names());
  }

  /** Returns their subjects, for messages. */
  private String names() {
    return certificates.isEmpty()
        ? "not set: the JVM's truststore"
        : certificates.stream().map(Certificates::name).distinct().collect(joining(" and "));
  }
}

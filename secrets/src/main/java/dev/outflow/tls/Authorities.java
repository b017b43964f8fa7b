package dev.outflow.tls;

import static dev.outflow.tls.TlsProperties.TRUSTSTORE_CERTIFICATES;
import static dev.outflow.tls.TlsProperties.TRUSTSTORE_PASSWORD;
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
 * Who may have signed a broker's certificate.
 *
 * @param certificates none for whom the JVM trusts
 */
record Authorities(List<X509Certificate> certificates) {

  /**
   * From the texts of the properties. What has expired is left out, so that a bundle may hold the
   * old authority beside the new one.
   *
   * @throws SecretException if there is none that is valid
   */
  static Authorities of(Map<String, String> texts, Clock clock) {
    String text = texts.get(TRUSTSTORE_CERTIFICATES);
    if (text == null) {
      return new Authorities(List.of());
    }
    String password = texts.getOrDefault(TRUSTSTORE_PASSWORD, "");
    try {
      List<X509Certificate> all = Certificates.read(text, password, TRUSTSTORE_PASSWORD);
      Instant now = clock.instant();
      List<X509Certificate> valid =
          all.stream().filter(each -> each.getNotAfter().toInstant().isAfter(now)).toList();
      if (valid.isEmpty()) {
        throw new SecretException(
            "%s expired on %s; put the authority's present certificate there"
                .formatted(Certificates.name(all.get(0)), all.get(0).getNotAfter().toInstant()));
      }
      return new Authorities(valid);
    } catch (SecretException e) {
      throw e.about(TRUSTSTORE_CERTIFICATES);
    }
  }

  /** Java's own, which checks the host name too. */
  X509ExtendedTrustManager trustManager() throws GeneralSecurityException, IOException {
    KeyStore store = null;
    if (!certificates.isEmpty()) {
      store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      for (X509Certificate each : certificates) {
        store.setCertificateEntry(String.valueOf(store.size()), each);
      }
    }
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return (X509ExtendedTrustManager) factory.getTrustManagers()[0];
  }

  /** The first of them to expire. */
  Optional<X509Certificate> firstToExpire() {
    return certificates.stream().min(Comparator.comparing(X509Certificate::getNotAfter));
  }

  /** Why Java refuses a broker's certificate, in words that someone can act on. */
  String refusal(X509Certificate[] chain, String host, int port, CertificateException reason) {
    for (X509Certificate each : chain) {
      Instant end = each.getNotAfter().toInstant();
      if (end.isBefore(Instant.now())) {
        return "the certificate %s of the broker %s:%d expired on %s; it must be renewed on the broker"
            .formatted(Certificates.name(each), host, port, end);
      }
    }
    // Java has no type for it: the name is checked last, by sun.security.util.HostnameChecker.
    if (String.valueOf(reason.getMessage()).startsWith("No ")) {
      return "the certificate of the broker %s:%d is for %s, not for %s; connect by a name that it has, or renew it with this one"
          .formatted(host, port, Certificates.hosts(chain[0]), host);
    }
    return "the certificate %s of the broker %s:%d is signed by %s, which is none of '%s' (%s)"
        .formatted(
            Certificates.name(chain[0]),
            host,
            port,
            chain[chain.length - 1].getIssuerX500Principal().getName(),
            TRUSTSTORE_CERTIFICATES,
            names());
  }

  /** Their names, for messages. */
  private String names() {
    return certificates.isEmpty()
        ? "the JVM's own authorities"
        : certificates.stream().map(Certificates::name).distinct().collect(joining(" and "));
  }
}

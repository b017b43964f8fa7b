package dev.outflow.tls;

import dev.outflow.secret.SecretException;
import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/** Reads certificates from PEM, or from a PKCS#12 or JKS keystore in Base64. */
final class Certificates {
  private Certificates() {}

  /**
   * Returns all certificates of a PEM text, in its order.
   *
   * @throws SecretException if it contains none, or one that cannot be parsed
   */
  static List<X509Certificate> ofPem(PemBlocks pem) {
    List<PemBlocks.Block> blocks = pem.withLabel("CERTIFICATE");
    if (blocks.isEmpty()) {
      throw new SecretException(
          "contains no certificate, but "
              + pem.contents()
              + (pem.withLabel("PKCS7").isEmpty()
                  ? ""
                  : "; convert it to PEM with: openssl pkcs7 -print_certs"));
    }
    return blocks.stream().map(Certificates::read).toList();
  }

  private static X509Certificate read(PemBlocks.Block block) {
    try {
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(block.der()));
    } catch (CertificateException e) {
      throw new SecretException("contains a certificate that cannot be parsed: " + e.getMessage());
    }
  }

  /**
   * Returns all certificates of a PEM text or a keystore.
   *
   * @param password of the keystore; empty if there is none
   * @param passwordProperty the property that sets it, for messages
   */
  static List<X509Certificate> read(String text, String password, String passwordProperty) {
    return PemBlocks.find(text)
        .map(Certificates::ofPem)
        .orElseGet(() -> ofStore(KeyStores.open(text, password, passwordProperty)));
  }

  private static List<X509Certificate> ofStore(KeyStore store) {
    List<X509Certificate> certificates = new ArrayList<>();
    for (String entry : KeyStores.aliases(store)) {
      certificates.addAll(ofEntry(store, entry));
    }
    if (certificates.isEmpty()) {
      throw new SecretException(
          "is a keystore without certificates that Java trusts; import them with: keytool -importcert -storetype PKCS12, or use PEM");
    }
    return certificates;
  }

  /** Returns the chain of a key entry, or the certificate of a trusted-certificate entry. */
  static List<X509Certificate> ofEntry(KeyStore store, String entry) {
    try {
      return store.getCertificateChain(entry) != null
          ? Arrays.stream(store.getCertificateChain(entry))
              .map(X509Certificate.class::cast)
              .toList()
          : List.of((X509Certificate) store.getCertificate(entry));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the keystore is loaded", e);
    }
  }

  /** Returns the subject, for messages: {@code CN=broker}. */
  static String name(X509Certificate certificate) {
    return certificate.getSubjectX500Principal().getName();
  }

  /** Returns the host names that it is valid for, for messages. */
  static Collection<String> hosts(X509Certificate certificate) {
    try {
      Collection<List<?>> names = certificate.getSubjectAlternativeNames();
      return names == null
          ? List.of(name(certificate))
          : names.stream().map(name -> String.valueOf(name.get(1))).toList();
    } catch (CertificateException e) {
      return List.of(name(certificate));
    }
  }
}

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

/** Certificates as people have them: PEM, or a PKCS#12 or JKS store in Base64. */
final class Certificates {
  private Certificates() {}

  /**
   * All certificates of a PEM text, in its order.
   *
   * @throws SecretException if there is none or one cannot be read
   */
  static List<X509Certificate> ofPem(PemBlocks pem) {
    List<PemBlocks.Block> blocks = pem.labelled("CERTIFICATE");
    if (blocks.isEmpty()) {
      throw new SecretException("holds no certificate, but " + pem.contents());
    }
    return blocks.stream().map(Certificates::read).toList();
  }

  private static X509Certificate read(PemBlocks.Block block) {
    try {
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(block.der()));
    } catch (CertificateException e) {
      throw new SecretException("one of its certificates cannot be read: " + e.getMessage());
    }
  }

  /**
   * All certificates, whatever form they are in.
   *
   * @param password of a store; empty if there is none
   */
  static List<X509Certificate> read(String text, String password, String passwordProperty) {
    if (PemBlocks.isPem(text)) {
      return ofPem(PemBlocks.of(text));
    }
    KeyStore store = KeyStores.open(text, password, passwordProperty);
    List<X509Certificate> certificates = new ArrayList<>();
    for (String entry : KeyStores.entries(store)) {
      certificates.addAll(ofEntry(store, entry));
    }
    if (certificates.isEmpty()) {
      throw new SecretException("its store holds no certificate");
    }
    return certificates;
  }

  /** A key's chain, or the one certificate of an entry without a key. */
  static List<X509Certificate> ofEntry(KeyStore store, String entry) {
    try {
      return store.getCertificateChain(entry) != null
          ? Arrays.stream(store.getCertificateChain(entry))
              .map(X509Certificate.class::cast)
              .toList()
          : List.of((X509Certificate) store.getCertificate(entry));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the store was opened before", e);
    }
  }

  /** Whose it is, for messages: {@code CN=broker}. */
  static String name(X509Certificate certificate) {
    return certificate.getSubjectX500Principal().getName();
  }

  /** The hosts it is for, for messages. */
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

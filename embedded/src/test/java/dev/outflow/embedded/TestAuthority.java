package dev.outflow.embedded;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * A certificate authority for one test, in memory only, so that nothing in the repository expires.
 * Its certificates have EC keys (P-256) and are valid from yesterday, for a year.
 */
public final class TestAuthority {
  /** Protects the integrity of a file of {@link #writeTruststore}; not a secret. */
  public static final String TRUSTSTORE_PASSWORD = "not-secret";

  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration YEAR = Duration.ofDays(365);

  private final String name;
  private final KeyPair keys;
  private final X509Certificate certificate;
  private final List<X509Certificate> belowRoot;

  private TestAuthority(
      String name, KeyPair keys, X509Certificate certificate, List<X509Certificate> belowRoot) {
    this.name = name;
    this.keys = keys;
    this.certificate = certificate;
    this.belowRoot = belowRoot;
  }

  /** Creates a self-signed root. */
  public static TestAuthority create(String name) {
    KeyPair keys = CertificateRequest.ec();
    X509Certificate root = authorityRequest(name, keys).signedBy(name, keys);
    return new TestAuthority(name, keys, root, List.of());
  }

  /** Creates an intermediate, which is part of the chains of its certificates. */
  public TestAuthority intermediate(String name) {
    KeyPair subjectKeys = CertificateRequest.ec();
    X509Certificate signed = authorityRequest(name, subjectKeys).signedBy(this.name, keys);
    return new TestAuthority(name, subjectKeys, signed, chainOf(signed));
  }

  public String name() {
    return name;
  }

  public X509Certificate certificate() {
    return certificate;
  }

  /** Writes a truststore (PKCS#12) with the certificates of these CAs. */
  public static void writeTruststore(Path file, TestAuthority... authorities) throws IOException {
    try (OutputStream out = Files.newOutputStream(file)) {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      for (TestAuthority authority : authorities) {
        store.setCertificateEntry(authority.name(), authority.certificate());
      }
      store.store(out, TRUSTSTORE_PASSWORD.toCharArray());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("cannot write " + file, e);
    }
  }

  /** Returns one CERTIFICATE block. */
  public String pem() {
    return Pem.of(certificate);
  }

  /** Issues a server certificate for DNS names or IPv4 addresses; the first is the CN. */
  public TestCertificate server(String... dnsNamesOrIps) {
    return server(Instant.now().plus(YEAR), dnsNamesOrIps);
  }

  /** Like {@link #server}, but the certificate expired yesterday. */
  public TestCertificate expiredServer(String... dnsNamesOrIps) {
    return server(Instant.now().minus(DAY), dnsNamesOrIps);
  }

  /** Issues a client certificate. */
  public TestCertificate client(String commonName) {
    return client(commonName, CertificateRequest.ec(), Instant.now().plus(YEAR));
  }

  /** Issues a client certificate with an RSA key. */
  public TestCertificate clientRsa(String commonName) {
    return client(commonName, CertificateRequest.rsa(), Instant.now().plus(YEAR));
  }

  /** Like {@link #client}, but the certificate expired yesterday. */
  public TestCertificate expiredClient(String commonName) {
    return client(commonName, CertificateRequest.ec(), Instant.now().minus(DAY));
  }

  /** Like {@link #client}, but the certificate is valid for {@code left} from now. */
  public TestCertificate clientValidFor(String commonName, Duration left) {
    return client(commonName, CertificateRequest.ec(), Instant.now().plus(left));
  }

  private TestCertificate server(Instant until, String... names) {
    KeyPair subjectKeys = CertificateRequest.ec();
    return sign(
        new CertificateRequest(
                names[0], subjectKeys.getPublic(), CertificateRequest.Use.SERVER, until)
            .named(names),
        subjectKeys.getPrivate());
  }

  private TestCertificate client(String commonName, KeyPair subjectKeys, Instant until) {
    return sign(
        new CertificateRequest(
            commonName, subjectKeys.getPublic(), CertificateRequest.Use.CLIENT, until),
        subjectKeys.getPrivate());
  }

  private TestCertificate sign(CertificateRequest request, PrivateKey subjectKey) {
    return new TestCertificate(chainOf(request.signedBy(name, keys)), subjectKey);
  }

  private List<X509Certificate> chainOf(X509Certificate leaf) {
    return Stream.concat(Stream.of(leaf), belowRoot.stream()).toList();
  }

  private static CertificateRequest authorityRequest(String name, KeyPair keys) {
    return new CertificateRequest(
        name, keys.getPublic(), CertificateRequest.Use.AUTHORITY, Instant.now().plus(YEAR));
  }
}

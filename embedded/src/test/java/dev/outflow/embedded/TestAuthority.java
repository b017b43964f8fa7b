package dev.outflow.embedded;

import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * A certificate authority of one test's own: it exists in memory only, so nothing in the repository
 * ever expires. Valid from yesterday, for a year.
 */
public final class TestAuthority {
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

  /** A root: it signs itself. */
  public static TestAuthority create(String name) {
    KeyPair keys = CertificateForm.rsa();
    X509Certificate root = authorityForm(name, keys).signedBy(name, keys);
    return new TestAuthority(name, keys, root, List.of());
  }

  /** An authority signed by this one. What it signs has it in its chain. */
  public TestAuthority intermediate(String name) {
    KeyPair its = CertificateForm.rsa();
    X509Certificate signed = authorityForm(name, its).signedBy(this.name, keys);
    return new TestAuthority(name, its, signed, chainOf(signed));
  }

  public String name() {
    return name;
  }

  public X509Certificate certificate() {
    return certificate;
  }

  /** One CERTIFICATE block. */
  public String pem() {
    return Pem.of(certificate);
  }

  /** For a server (RSA) with these names: DNS names, or IPv4 addresses; the first is its CN. */
  public TestCertificate server(String... dnsNamesOrIps) {
    return server(Instant.now().plus(YEAR), dnsNamesOrIps);
  }

  /** As {@link #server}, but no longer valid since yesterday. */
  public TestCertificate expiredServer(String... dnsNamesOrIps) {
    return server(Instant.now().minus(DAY), dnsNamesOrIps);
  }

  /** For a client, with an RSA key. */
  public TestCertificate client(String commonName) {
    return client(commonName, CertificateForm.rsa(), Instant.now().plus(YEAR));
  }

  /** For a client, with an EC key (P-256). */
  public TestCertificate clientEc(String commonName) {
    return client(commonName, CertificateForm.ec(), Instant.now().plus(YEAR));
  }

  /** As {@link #client}, but no longer valid since yesterday. */
  public TestCertificate expiredClient(String commonName) {
    return client(commonName, CertificateForm.rsa(), Instant.now().minus(DAY));
  }

  /** As {@link #client}, valid for {@code left} from now. */
  public TestCertificate clientValidFor(String commonName, Duration left) {
    return client(commonName, CertificateForm.rsa(), Instant.now().plus(left));
  }

  private TestCertificate server(Instant until, String... names) {
    KeyPair its = CertificateForm.rsa();
    return sign(
        new CertificateForm(names[0], its.getPublic(), CertificateForm.Use.SERVER, until)
            .named(names),
        its.getPrivate());
  }

  private TestCertificate client(String commonName, KeyPair its, Instant until) {
    return sign(
        new CertificateForm(commonName, its.getPublic(), CertificateForm.Use.CLIENT, until),
        its.getPrivate());
  }

  private TestCertificate sign(CertificateForm form, PrivateKey its) {
    return new TestCertificate(chainOf(form.signedBy(name, keys)), its);
  }

  private List<X509Certificate> chainOf(X509Certificate leaf) {
    return Stream.concat(Stream.of(leaf), belowRoot.stream()).toList();
  }

  private static CertificateForm authorityForm(String name, KeyPair keys) {
    return new CertificateForm(
        name, keys.getPublic(), CertificateForm.Use.AUTHORITY, Instant.now().plus(YEAR));
  }
}

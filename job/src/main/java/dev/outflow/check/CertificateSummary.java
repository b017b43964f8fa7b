package dev.outflow.check;

import dev.outflow.tls.TlsMaterial;
import java.security.cert.X509Certificate;
import java.time.Instant;

/** A certificate as shown in reports. */
record CertificateSummary(X509Certificate certificate, double daysLeft) {
  static CertificateSummary of(X509Certificate certificate) {
    return new CertificateSummary(certificate, TlsMaterial.daysLeft(certificate, Instant.now()));
  }

  boolean expiresSoon() {
    return daysLeft < TlsMaterial.WARNING_DAYS;
  }

  /** {@code CN=orders, issued by CN=Kafka CA, 12 days left}. */
  @Override
  public String toString() {
    return "%s, issued by %s, %.0f days left"
        .formatted(
            certificate.getSubjectX500Principal().getName(),
            certificate.getIssuerX500Principal().getName(),
            Math.floor(daysLeft));
  }
}

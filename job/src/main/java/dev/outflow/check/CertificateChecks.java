package dev.outflow.check;

import static java.util.stream.Collectors.toMap;

import dev.outflow.security.SecurityOptions;
import dev.outflow.tls.TlsMaterial;
import java.util.Map;
import java.util.Set;

/** Checks that the definition's certificates can be used, and when they expire. */
record CertificateChecks(StepRunner steps, Map<String, String> texts) {
  private static final Set<String> AUTHORITIES =
      Set.of(
          SecurityOptions.TRUSTSTORE_CERTIFICATES.key(), SecurityOptions.TRUSTSTORE_PASSWORD.key());

  /**
   * Runs the steps.
   *
   * @param hasClientCertificate whether the client authenticates with a certificate
   */
  void run(boolean hasClientCertificate) {
    steps.run(CheckStep.AUTHORITIES, this::authorities);
    if (hasClientCertificate) {
      steps.run(CheckStep.CERTIFICATE, this::certificate);
    }
  }

  private StepResult<Boolean> authorities() {
    return TlsMaterial.of(properties(true))
        .firstTrustAnchorToExpire()
        .map(CertificateSummary::of)
        .map(
            summary ->
                result(
                    summary,
                    SecurityOptions.TRUSTSTORE_CERTIFICATES.key(),
                    "first to expire: " + summary))
        .orElseGet(() -> StepResult.ok(true, "the JVM's truststore"));
  }

  private StepResult<Boolean> certificate() {
    TlsMaterial material = TlsMaterial.of(properties(false));
    CertificateSummary summary = CertificateSummary.of(material.clientCertificate().orElseThrow());
    return result(
        summary,
        SecurityOptions.KEYSTORE_CERTIFICATE_CHAIN.key(),
        "%s, with its key; chain length %d".formatted(summary, material.chainLength()));
  }

  private static StepResult<Boolean> result(
      CertificateSummary summary, String property, String text) {
    return summary.expiresSoon()
        ? StepResult.warning(
            true,
            property,
            text + "; store the renewed certificate in the same place; no restart needed")
        : StepResult.ok(true, text);
  }

  private Map<String, String> properties(boolean authorities) {
    return texts.entrySet().stream()
        .filter(text -> TlsMaterial.PROPERTIES.contains(text.getKey()))
        .filter(text -> AUTHORITIES.contains(text.getKey()) == authorities)
        .collect(toMap(Map.Entry::getKey, Map.Entry::getValue));
  }
}

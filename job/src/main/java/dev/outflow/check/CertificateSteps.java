package dev.outflow.check;

import static java.util.stream.Collectors.toMap;

import dev.outflow.security.SecurityOptions;
import dev.outflow.tls.TlsMaterial;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

/** Whether the certificates of the definition can be used, and for how long. */
record CertificateSteps(Steps steps, Map<String, String> texts) {
  private static final Duration WAIT = Duration.ofSeconds(8);
  private static final Set<String> AUTHORITIES =
      Set.of(
          SecurityOptions.TRUSTSTORE_CERTIFICATES.key(), SecurityOptions.TRUSTSTORE_PASSWORD.key());

  /**
   * @param hasOwn whether the client is to show a certificate of its own
   */
  void run(boolean hasOwn) {
    steps.ask("authorities", WAIT, this::authorities, "secrets");
    if (hasOwn) {
      steps.ask("certificate", WAIT, this::certificate, "secrets");
    }
  }

  private StepResult<Boolean> authorities() {
    return TlsMaterial.of(those(true))
        .firstTrustAnchorToExpire()
        .map(CertificateLife::of)
        .map(
            life ->
                answer(
                    life,
                    SecurityOptions.TRUSTSTORE_CERTIFICATES.key(),
                    "the first to expire is " + life))
        .orElseGet(() -> StepResult.ok(true, "whom the JVM trusts"));
  }

  private StepResult<Boolean> certificate() {
    TlsMaterial material = TlsMaterial.of(those(false));
    CertificateLife life = CertificateLife.of(material.clientCertificate().orElseThrow());
    return answer(
        life,
        SecurityOptions.KEYSTORE_CERTIFICATE_CHAIN.key(),
        "%s, and its key; %d in the chain".formatted(life, material.chainLength()));
  }

  private static StepResult<Boolean> answer(CertificateLife life, String property, String text) {
    return life.endsSoon()
        ? StepResult.warning(
            true,
            property,
            "%s; store the renewed certificate in the same place; no restart needed"
                .formatted(text))
        : StepResult.ok(true, text);
  }

  private Map<String, String> those(boolean authorities) {
    return texts.entrySet().stream()
        .filter(it -> TlsMaterial.PROPERTIES.contains(it.getKey()))
        .filter(it -> AUTHORITIES.contains(it.getKey()) == authorities)
        .collect(toMap(Map.Entry::getKey, Map.Entry::getValue));
  }
}

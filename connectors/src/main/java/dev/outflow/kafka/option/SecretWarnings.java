package dev.outflow.kafka.option;

import dev.outflow.option.OptionProblem;
import dev.outflow.option.Redaction;
import dev.outflow.reference.References;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Warns about options that work but that a security review would reject. */
public final class SecretWarnings {
  private static final String HOSTNAME = "kafka.ssl.endpoint.identification.algorithm";

  private SecretWarnings() {}

  /** Returns the warnings about a table's options; none contains a secret. */
  public static List<OptionProblem> of(Map<String, String> options) {
    List<OptionProblem> warnings = new ArrayList<>();
    new TreeMap<>(options)
        .forEach(
            (key, value) -> {
              if (Redaction.isHidden(key, value)
                  && (!References.isIn(value) || References.hasDefault(value))) {
                warnings.add(
                    new OptionProblem(
                        key,
                        "is a plain-text secret and becomes part of the job graph; use a reference such as ${env:NAME} or ${keyvault:vault:secret}"));
              } else if (Redaction.isSecretKey(key)
                  && References.isIn(value)
                  && !ResolvedOptions.isResolvedByClient(key)) {
                warnings.add(
                    new OptionProblem(
                        key,
                        "is resolved when the job is planned, so the secret becomes part of the job graph"));
              }
              if (key.equals(HOSTNAME) && value.isBlank()) {
                warnings.add(
                    new OptionProblem(
                        key,
                        "is empty: the host name in the broker's certificate is not verified"));
              }
            });
    return warnings;
  }
}

package dev.outflow.kafka.option;

import dev.outflow.option.OptionProblem;
import dev.outflow.option.Redaction;
import dev.outflow.reference.References;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What works, and what a security engineer would not let pass. */
public final class SecretWarnings {
  private static final String HOSTNAME = "kafka.ssl.endpoint.identification.algorithm";

  private SecretWarnings() {}

  /** One for each option of a table that gives reason; without any secret. */
  public static List<OptionProblem> of(Map<String, String> options) {
    List<OptionProblem> warnings = new ArrayList<>();
    new TreeMap<>(options)
        .forEach(
            (key, value) -> {
              if (Redaction.isHidden(key, value) && !References.isIn(value)) {
                warnings.add(
                    new OptionProblem(
                        key,
                        "is a secret written as it is: it becomes part of the job, and whoever can read that can read it; write a reference, as ${env:NAME} or ${keyvault:vault:secret}"));
              } else if (Redaction.isSecretKey(key)
                  && References.isIn(value)
                  && !ResolvedOptions.isResolvedByClient(key)) {
                warnings.add(
                    new OptionProblem(
                        key,
                        "is read when the job is planned and becomes part of it: whoever can read the job can read it"));
              }
              if (key.equals(HOSTNAME) && value.isBlank()) {
                warnings.add(
                    new OptionProblem(
                        key, "is empty: a broker may show a certificate of any other host"));
              }
            });
    return warnings;
  }
}

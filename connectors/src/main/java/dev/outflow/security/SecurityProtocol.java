package dev.outflow.security;

import java.util.Locale;

/** The security protocols, named as in Azure Stream Analytics. */
public enum SecurityProtocol {
  NONE,
  SASL_PLAINTEXT,
  SASL_SSL,
  MTLS;

  /** Returns the value of {@code security-protocol}, which is case-insensitive. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}

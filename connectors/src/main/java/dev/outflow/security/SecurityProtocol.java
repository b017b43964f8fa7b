package dev.outflow.security;

import java.util.Locale;

/** How a connection is secured, in Azure Stream Analytics' words. */
public enum SecurityProtocol {
  NONE,
  SASL_PLAINTEXT,
  SASL_SSL,
  MTLS;

  /** As written, in any case. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}

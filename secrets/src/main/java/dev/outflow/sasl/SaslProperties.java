package dev.outflow.sasl;

/** The names of the properties that SASL credentials are read from. */
public final class SaslProperties {
  public static final String USERNAME = "username";
  public static final String PASSWORD = "password";

  private SaslProperties() {}
}

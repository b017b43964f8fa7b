package dev.outflow.tls;

/** The names of the properties that TLS certificates and keys are read from. */
public final class TlsProperties {
  public static final String TRUSTSTORE_CERTIFICATES = "truststore-certificates";
  public static final String TRUSTSTORE_PASSWORD = "truststore-password";
  public static final String KEYSTORE_CERTIFICATE_CHAIN = "keystore-certificate-chain";
  public static final String KEYSTORE_KEY = "keystore-key";
  public static final String KEYSTORE_KEY_PASSWORD = "keystore-key-password";

  private TlsProperties() {}
}

package dev.outflow.security;

/** The supported values of Kafka's {@code sasl.mechanism}. */
public enum SaslMechanism {
  PLAIN("PLAIN", "org.apache.kafka.common.security.plain.PlainLoginModule"),
  SCRAM_SHA_256("SCRAM-SHA-256", "org.apache.kafka.common.security.scram.ScramLoginModule"),
  SCRAM_SHA_512("SCRAM-SHA-512", "org.apache.kafka.common.security.scram.ScramLoginModule"),
  OAUTHBEARER("OAUTHBEARER", "org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule");

  private final String kafkaName;
  private final String loginModule;

  SaslMechanism(String kafkaName, String loginModule) {
    this.kafkaName = kafkaName;
    this.loginModule = loginModule;
  }

  /** Returns a JAAS configuration without secrets, which a callback handler provides. */
  String jaas() {
    return loginModule + " required;";
  }

  /** Returns Kafka's name, which is also the value of {@code sasl-mechanism}. */
  @Override
  public String toString() {
    return kafkaName;
  }
}

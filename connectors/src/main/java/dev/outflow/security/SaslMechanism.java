package dev.outflow.security;

/** How a client proves who it is: Kafka's {@code sasl.mechanism}. */
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

  /**
   * A JAAS configuration that holds no secret: what the module asks, a callback handler answers.
   */
  String jaas() {
    return loginModule + " required;";
  }

  /** As written, in any case, and as Kafka has it. */
  @Override
  public String toString() {
    return kafkaName;
  }
}

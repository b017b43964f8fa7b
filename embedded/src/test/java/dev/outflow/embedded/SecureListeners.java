package dev.outflow.embedded;

import java.util.Map;
import java.util.function.UnaryOperator;
import javax.security.auth.spi.LoginModule;
import org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule;
import org.apache.kafka.common.security.oauthbearer.OAuthBearerValidatorCallbackHandler;
import org.apache.kafka.common.security.plain.PlainLoginModule;
import org.apache.kafka.common.security.scram.ScramLoginModule;
import org.apache.kafka.metadata.authorizer.StandardAuthorizer;

/** The ports of {@link SecureKafka}'s secured listeners, and their broker properties. */
record SecureListeners(int saslPlaintext, int saslSsl, int mtls) {
  private static final String OPEN = "listener.name.open.";
  private static final String SECURE = "listener.name.secure.";
  private static final String MUTUAL = "listener.name.mutual.";
  private static final String PASSWORDS = "PLAIN,SCRAM-SHA-256,SCRAM-SHA-512";

  static SecureListeners onFreePorts() {
    return new SecureListeners(
        EmbeddedKafka.freePort(), EmbeddedKafka.freePort(), EmbeddedKafka.freePort());
  }

  /** Returns a function that adds these listeners to the properties of a broker. */
  UnaryOperator<Map<String, String>> securing(
      TestCertificate server, TestAuthority clients, FakeTokenIssuer tokens) {
    return properties -> {
      properties.merge("listeners", addresses("127.0.0.1"), (a, b) -> a + "," + b);
      properties.merge("advertised.listeners", addresses("localhost"), (a, b) -> a + "," + b);
      properties.put(
          "listener.security.protocol.map",
          "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT,OPEN:SASL_PLAINTEXT,SECURE:SASL_SSL,MUTUAL:SSL");
      properties.put("inter.broker.listener.name", "PLAINTEXT");
      // For each listener and thread, Kafka derives a key from a password to keep the TLS key.
      properties.put("num.network.threads", "1");
      properties.put("authorizer.class.name", StandardAuthorizer.class.getName());
      properties.put("allow.everyone.if.no.acl.found", "true");
      properties.put("super.users", "User:ANONYMOUS");
      properties.put(OPEN + "sasl.enabled.mechanisms", PASSWORDS);
      properties.put(SECURE + "sasl.enabled.mechanisms", PASSWORDS + ",OAUTHBEARER");
      putPasswords(properties, OPEN);
      putPasswords(properties, SECURE);
      putTokens(properties, tokens);
      putCertificate(properties, SECURE, server);
      putCertificate(properties, MUTUAL, server);
      properties.put(MUTUAL + "ssl.client.auth", "required");
      properties.put(MUTUAL + "ssl.truststore.type", "PEM");
      properties.put(MUTUAL + "ssl.truststore.certificates", clients.pem());
      return properties;
    };
  }

  /** Returns a {@code sasl.jaas.config}; option names and values alternate and are escaped. */
  static String login(Class<? extends LoginModule> module, String... optionsAndValues) {
    StringBuilder login = new StringBuilder(module.getName()).append(" required");
    for (int i = 0; i < optionsAndValues.length; i += 2) {
      String value = optionsAndValues[i + 1].replace("\\", "\\\\").replace("\"", "\\\"");
      login.append(" %s=\"%s\"".formatted(optionsAndValues[i], value));
    }
    return login.append(';').toString();
  }

  private String addresses(String host) {
    return "OPEN://%1$s:%2$d,SECURE://%1$s:%3$d,MUTUAL://%1$s:%4$d"
        .formatted(host, saslPlaintext, saslSsl, mtls);
  }

  private static void putPasswords(Map<String, String> properties, String listener) {
    properties.put(
        listener + "plain.sasl.jaas.config",
        login(
            PlainLoginModule.class,
            "user_" + SecureKafka.USER,
            SecureKafka.PASSWORD,
            "user_" + SecureKafka.USER_WITH_DIFFICULT_PASSWORD,
            SecureKafka.DIFFICULT_PASSWORD));
    for (String mechanism : new String[] {"scram-sha-256", "scram-sha-512"}) {
      properties.put(listener + mechanism + ".sasl.jaas.config", login(ScramLoginModule.class));
    }
  }

  private static void putTokens(Map<String, String> properties, FakeTokenIssuer tokens) {
    properties.put(SECURE + "oauthbearer.sasl.jaas.config", login(OAuthBearerLoginModule.class));
    properties.put(
        SECURE + "oauthbearer.sasl.server.callback.handler.class",
        OAuthBearerValidatorCallbackHandler.class.getName());
    properties.put("sasl.oauthbearer.jwks.endpoint.url", tokens.keysEndpoint());
    properties.put("sasl.oauthbearer.expected.audience", FakeTokenIssuer.AUDIENCE);
    properties.put("sasl.oauthbearer.expected.issuer", tokens.issuer());
  }

  private static void putCertificate(
      Map<String, String> properties, String listener, TestCertificate server) {
    properties.put(listener + "ssl.keystore.type", "PEM");
    properties.put(listener + "ssl.keystore.certificate.chain", server.chainPem());
    properties.put(listener + "ssl.keystore.key", server.keyPkcs8Pem());
  }
}

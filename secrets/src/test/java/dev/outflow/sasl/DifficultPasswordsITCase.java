package dev.outflow.sasl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outflow.embedded.FakeKeyVault;
import dev.outflow.embedded.FakeManagedIdentity;
import dev.outflow.embedded.FakeTokenIssuer;
import dev.outflow.embedded.KeyVaultExtension;
import dev.outflow.embedded.SecureKafka;
import dev.outflow.embedded.SecuredBroker;
import dev.outflow.tls.KeyVaultTruststoreInitializer;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.security.auth.AuthenticateCallbackHandler;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Passwords with references, quotes, escapes and non-ASCII text, with every SASL mechanism. */
@ExtendWith(KeyVaultExtension.class)
class DifficultPasswordsITCase {
  private static final String MODULES = "org.apache.kafka.common.security.";

  private static SecuredBroker broker;

  @BeforeAll
  static void start(FakeKeyVault vault, FakeManagedIdentity identity) {
    identity.work();
    broker = SecuredBroker.start(vault);
    vault.put("difficult-password", SecureKafka.DIFFICULT_PASSWORD);
  }

  @AfterAll
  static void stop() {
    broker.close();
  }

  @Test
  void authenticatesWithPlain() throws Exception {
    assertAuthenticates(
        withPassword("PLAIN", "plain.PlainLoginModule", SecureKafka.USER_WITH_DIFFICULT_PASSWORD));
  }

  @ParameterizedTest
  @ValueSource(strings = {"SCRAM-SHA-256", "SCRAM-SHA-512"})
  void authenticatesWithScram(String mechanism) throws Exception {
    String user = "user, with=signs " + mechanism;
    broker.kafka().changeScramPassword(user, SecureKafka.DIFFICULT_PASSWORD);

    assertAuthenticates(withPassword(mechanism, "scram.ScramLoginModule", user));
  }

  @Test
  void authenticatesWithClientCredentials() throws Exception {
    broker.kafka().tokens().changeSecret(SecureKafka.DIFFICULT_PASSWORD);
    try {
      Map<String, Object> client =
          client(
              "OAUTHBEARER",
              "oauthbearer.OAuthBearerLoginModule",
              "sasl.login.callback.handler.class",
              ClientCredentialsHandler.class);
      client.put("outflow.username", FakeTokenIssuer.CLIENT_ID);
      client.put("sasl.oauthbearer.token.endpoint.url", broker.kafka().tokens().tokenEndpoint());

      assertAuthenticates(client);
    } finally {
      broker.kafka().tokens().changeSecret(FakeTokenIssuer.CLIENT_SECRET);
    }
  }

  private static Map<String, Object> withPassword(String mechanism, String module, String user) {
    Map<String, Object> client =
        client(
            mechanism,
            module,
            "sasl.client.callback.handler.class",
            CredentialsCallbackHandler.class);
    client.put("outflow.username", user);
    return client;
  }

  private static Map<String, Object> client(
      String mechanism,
      String module,
      String handlerProperty,
      Class<? extends AuthenticateCallbackHandler> handler) {
    Map<String, Object> client = new HashMap<>();
    client.put("bootstrap.servers", broker.kafka().saslSsl());
    client.put("security.protocol", "SASL_SSL");
    client.put("ssl.engine.factory.class", KeyVaultTruststoreInitializer.class.getName());
    client.put("sasl.mechanism", mechanism);
    client.put("sasl.jaas.config", MODULES + module + " required;");
    client.put(handlerProperty, handler.getName());
    client.put("outflow.key-vault-name", broker.vault().url());
    client.put("outflow.key-vault-credential", "managed-identity");
    client.put("outflow.truststore-certificates", "kafka-ca");
    client.put("outflow.password", broker.inVault("difficult-password"));
    return client;
  }

  private static void assertAuthenticates(Map<String, Object> client) throws Exception {
    try (Admin admin = Admin.create(client)) {
      assertThat(admin.describeCluster().nodes().get()).hasSize(1);
    }
  }
}

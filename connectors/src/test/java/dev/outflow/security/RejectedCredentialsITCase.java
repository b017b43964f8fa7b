package dev.outflow.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outflow.embedded.FakeKeyVault;
import dev.outflow.embedded.FakeManagedIdentity;
import dev.outflow.embedded.FakeTokenIssuer;
import dev.outflow.embedded.KeyVaultExtension;
import dev.outflow.embedded.SecuredBroker;
import dev.outflow.option.OptionProblem;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Rejected passwords and tokens are reported in one line: property, reason and remedy. */
@ExtendWith(KeyVaultExtension.class)
class RejectedCredentialsITCase {
  private static SecuredBroker broker;
  private static ConnectionCheck connection;

  @BeforeAll
  static void start(FakeKeyVault vault, FakeManagedIdentity identity) throws Exception {
    identity.work();
    broker = SecuredBroker.start(vault);
    connection = ConnectionCheck.of(broker);
  }

  @AfterAll
  static void stop() {
    broker.close();
  }

  @Test
  void reportsWrongPassword() {
    broker.vault().put("wrong-password", "guess");
    for (String mechanism : new String[] {"PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512"}) {
      assertThat(
              connection.check(
                  connection.with(
                      "sasl_ssl", mechanism, "password", broker.inVault("wrong-password"))))
          .get()
          .extracting(OptionProblem::toString)
          .asString()
          .startsWith("password: %s rejected the username or password (".formatted(ssl()))
          .doesNotContain("guess");
    }
  }

  @Test
  void reportsVaultThatHangs() {
    try (FakeKeyVault hanging = FakeKeyVault.start().trustedHere().hang()) {
      assertThat(
              connection
                  .check(connection.with("sasl_ssl", "PLAIN", "key-vault-name", hanging.url()))
                  .orElseThrow()
                  .toString())
          .startsWith(
              "truststore-certificates: %s did not respond in time".formatted(hanging.url()));
    }
  }

  @Test
  void reportsPortWithoutTls() {
    String open = broker.kafka().broker().bootstrapServers();

    connection.assertProblem(
        connection.with("sasl_ssl", "PLAIN", "bootstrap-servers", open),
        "bootstrap-servers",
        "no Kafka broker responded at %s within 10 s; check that it is running and reachable from here, and that this port uses this 'security-protocol'"
            .formatted(open));
  }

  @Test
  void reportsMechanismThatTheBrokerDoesNotSupport() {
    Map<String, String> options = broker.options("sasl_plaintext", "OAUTHBEARER");
    options.put("oauth-token-endpoint", broker.kafka().tokens().tokenEndpoint());
    broker.vault().put("id", FakeTokenIssuer.CLIENT_ID);
    broker.vault().put("secret", FakeTokenIssuer.CLIENT_SECRET);
    options.put("username", broker.inVault("id"));
    options.put("password", broker.inVault("secret"));

    assertThat(connection.check(options).orElseThrow().toString())
        .startsWith("sasl-mechanism: is not supported by " + broker.kafka().saslPlaintext());
  }

  @Test
  void reportsClientSecretThatTheTokenEndpointRejects() {
    assertThat(
            connection
                .check(clientCredentials(broker.kafka().tokens().tokenEndpoint()))
                .orElseThrow())
        .hasToString(
            "oauth-token-endpoint: no token issued: The response code 401 and error response"
                + " {\"invalid_client\" - \"unknown client or secret\"} was encountered reading the"
                + " token endpoint response; will not attempt further retries");
  }

  @Test
  void reportsTokenEndpointThatIsUnreachableOrNotAllowed() {
    assertThat(
            connection
                .check(clientCredentials("http://127.0.0.1:1/token"))
                .orElseThrow()
                .toString())
        .startsWith("oauth-token-endpoint: ")
        .contains("org.apache.kafka.sasl.oauthbearer.allowed.urls")
        .doesNotContain("\n");
  }

  @Test
  void reportsAzureIdentityWithoutToken() {
    Map<String, String> options = broker.options("sasl_ssl", "OAUTHBEARER");
    options.remove("username");
    options.remove("password");
    options.put("key-vault-credential", "environment");
    options.remove("key-vault-name");
    options.put("truststore-certificates", broker.authority().pem());

    assertThat(connection.check(options).orElseThrow().toString())
        .startsWith(
            "key-vault-credential: no Azure token for https://localhost/.default"
                + " (key-vault-credential 'environment'): ");
  }

  private static Map<String, String> clientCredentials(String endpoint) {
    Map<String, String> options = broker.options("sasl_ssl", "OAUTHBEARER");
    options.put("oauth-token-endpoint", endpoint);
    broker.vault().put("some-client", "somebody");
    broker.vault().put("some-secret", "guess");
    options.put("username", broker.inVault("some-client"));
    options.put("password", broker.inVault("some-secret"));
    return options;
  }

  private static String ssl() {
    return broker.kafka().saslSsl();
  }
}

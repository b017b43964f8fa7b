package dev.outflow.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outflow.embedded.FakeKeyVault;
import dev.outflow.embedded.FakeManagedIdentity;
import dev.outflow.embedded.FakeTokenIssuer;
import dev.outflow.embedded.KeyVaultExtension;
import dev.outflow.embedded.SecureKafka;
import dev.outflow.embedded.TestAuthority;
import dev.outflow.embedded.TestCertificate;
import dev.outflow.embedded.TestTopic;
import dev.outflow.kafka.KafkaConnection;
import dev.outflow.kafka.TopicCheck;
import dev.outflow.kafka.option.OptionProblem;
import dev.outflow.kafka.output.KafkaOutput;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Everything that keeps a client out is told in one line: the property, why, and what to do. */
@ExtendWith(KeyVaultExtension.class)
class RefusedConnectionsITCase {
  private static final Duration WAIT = Duration.ofSeconds(10);

  private static SecuredBroker broker;
  private static TestTopic topic;

  @BeforeAll
  static void start(FakeKeyVault vault, FakeManagedIdentity identity) throws Exception {
    identity.work();
    broker = SecuredBroker.start(vault);
    topic = TestTopic.create(broker.kafka().broker(), 1);
  }

  @AfterAll
  static void stop() {
    broker.close();
  }

  @Test
  void theRightSecretsGetIn() {
    assertThat(check(broker.options("sasl_ssl", "PLAIN"))).isEmpty();
    assertThat(check(broker.options("mtls", "-"))).isEmpty();
  }

  @Test
  void aWrongPassword() {
    secret("wrong-password", "guess");
    for (String mechanism : new String[] {"PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512"}) {
      assertThat(check(with("sasl_ssl", mechanism, "password", broker.inVault("wrong-password"))))
          .get()
          .extracting(OptionProblem::toString)
          .asString()
          .startsWith("password: %s refuses username and password (".formatted(ssl()))
          .doesNotContain("guess");
    }
  }

  @Test
  void anAuthorityThatDidNotSignTheBrokersCertificate() {
    secret("other-ca", TestAuthority.create("Somebody else").pem());

    assertProblem(
        with("sasl_ssl", "PLAIN", "truststore-certificates", "other-ca"),
        "truststore-certificates",
        "the certificate CN=localhost of the broker %s is signed by CN=Brokers and clients, which is none of 'truststore-certificates' (CN=Somebody else)"
            .formatted(ssl()));
  }

  @Test
  void withoutATruststoreTheJvmsOwnAuthoritiesDecide() {
    Map<String, String> options = broker.options("sasl_ssl", "PLAIN");
    options.remove("truststore-certificates");

    assertProblem(
        options,
        "truststore-certificates",
        "the certificate CN=localhost of the broker %s is signed by CN=Brokers and clients, which is none of 'truststore-certificates' (the JVM's own authorities)"
            .formatted(ssl()));
  }

  @Test
  void aBrokerThatIsAddressedByANameThatItsCertificateLacks() {
    assertProblem(
        with("sasl_ssl", "PLAIN", "bootstrap-servers", ssl().replace("localhost", "127.0.0.1")),
        "truststore-certificates",
        "the certificate of the broker %s is for [localhost], not for 127.0.0.1; connect by a name that it has, or renew it with this one"
            .formatted(ssl().replace("localhost", "127.0.0.1")));
  }

  @Test
  void aBrokerWhoseCertificateHasExpired() {
    TestCertificate expired = broker.authority().expiredServer("localhost");
    try (SecureKafka old = SecureKafka.start(expired, broker.authority())) {
      assertThat(
              check(with("sasl_ssl", "PLAIN", "bootstrap-servers", old.saslSsl()))
                  .orElseThrow()
                  .toString())
          .startsWith(
              "truststore-certificates: the certificate CN=localhost of the broker %s expired on "
                  .formatted(old.saslSsl()))
          .endsWith("; it must be renewed on the broker");
    }
  }

  @Test
  void aBrokerThatAsksForAClientCertificate() {
    Map<String, String> options = broker.options("sasl_ssl", "PLAIN");
    options.put("bootstrap-servers", broker.kafka().mtls());

    assertThat(check(options).orElseThrow().toString())
        .startsWith(
            "security-protocol: %s asks for a client certificate (TLS alert: "
                .formatted(broker.kafka().mtls()))
        .endsWith("); set 'keystore-certificate-chain' and 'keystore-key'");
  }

  @Test
  void aClientCertificateThatTheBrokerDoesNotTrust() {
    TestCertificate stranger = TestAuthority.create("Strangers").client("stranger");
    secret("stranger", stranger.chainPem());
    secret("stranger-key", stranger.keyPkcs8Pem());

    assertThat(
            check(
                    with(
                        "mtls",
                        "-",
                        "keystore-certificate-chain",
                        "stranger",
                        "keystore-key",
                        "stranger-key"))
                .orElseThrow()
                .toString())
        .startsWith(
            "keystore-certificate-chain: %s refuses the client certificate (TLS alert: "
                .formatted(broker.kafka().mtls()));
  }

  @Test
  void aClientCertificateThatHasExpired() {
    TestCertificate expired = broker.authority().expiredClient("old");
    secret("old", expired.chainPem());
    secret("old-key", expired.keyPkcs8Pem());

    assertThat(
            check(with("mtls", "-", "keystore-certificate-chain", "old", "keystore-key", "old-key"))
                .orElseThrow()
                .toString())
        .startsWith("keystore-certificate-chain: the certificate CN=old expired on ")
        .endsWith("; put a renewed one there");
  }

  @Test
  void aKeyThatDoesNotBelongToTheCertificate() {
    secret("other-key", broker.authority().client("other").keyPkcs8Pem());

    assertProblem(
        with("mtls", "-", "keystore-key", "other-key"),
        "keystore-key",
        "does not belong to the certificate CN=outflow of 'keystore-certificate-chain'");
  }

  @Test
  void anEncryptedKeyWithTheWrongPassword() {
    TestCertificate client = broker.authority().client("encrypted");
    secret("encrypted", client.chainPem());
    secret("encrypted-key", client.keyEncryptedPem("right"));
    secret("right-password", "right");
    secret("wrong-key-password", "wrong");
    Map<String, String> options =
        with(
            "mtls",
            "-",
            "keystore-certificate-chain",
            "encrypted",
            "keystore-key",
            "encrypted-key");

    assertProblem(options, "keystore-key", "its key is encrypted; set 'keystore-key-password'");
    options.put("keystore-key-password", "wrong-key-password");
    assertProblem(
        options, "keystore-key", "its key cannot be decrypted; is 'keystore-key-password' right?");
    options.put("keystore-key-password", "right-password");
    assertThat(check(options)).isEmpty();
  }

  @Test
  void aSecretThatIsNoCertificateOrEmptyOrAbsent() {
    secret("no-pem", "kafka.example.com");
    secret("key-only", broker.authority().client("c").keyPkcs8Pem());
    secret("empty", "");

    assertProblem(
        with("sasl_ssl", "PLAIN", "truststore-certificates", "no-pem"),
        "truststore-certificates",
        "is neither PEM nor a PKCS#12 or JKS store in Base64");
    assertProblem(
        with("sasl_ssl", "PLAIN", "truststore-certificates", "key-only"),
        "truststore-certificates",
        "holds no certificate, but PRIVATE KEY");
    assertProblem(
        with("sasl_ssl", "PLAIN", "truststore-certificates", "empty"),
        "truststore-certificates",
        "is empty");
    assertProblem(
        with("sasl_ssl", "PLAIN", "password", broker.inVault("empty")), "password", "is empty");
    assertProblem(
        with("sasl_ssl", "PLAIN", "truststore-certificates", "never-uploaded"),
        "truststore-certificates",
        "there is no secret 'never-uploaded' in %s; upload it, or correct the name"
            .formatted(broker.vault().url()));
  }

  @Test
  void aVaultThatHangs() {
    try (FakeKeyVault hanging = FakeKeyVault.start().trustedHere().hang()) {
      assertThat(
              check(with("sasl_ssl", "PLAIN", "key-vault-name", hanging.url()))
                  .orElseThrow()
                  .toString())
          .startsWith(
              "truststore-certificates: %s did not answer in time".formatted(hanging.url()));
    }
  }

  @Test
  void aPortThatSpeaksNoTls() {
    String open = broker.kafka().broker().bootstrapServers();

    assertProblem(
        with("sasl_ssl", "PLAIN", "bootstrap-servers", open),
        "bootstrap-servers",
        "no Kafka broker answered at %s within 10 s; is it running, reachable from here, and speaking the 'security-protocol' of this port?"
            .formatted(open));
  }

  @Test
  void aMechanismThatTheBrokerDoesNotOffer() {
    Map<String, String> options = broker.options("sasl_plaintext", "OAUTHBEARER");
    options.put("oauth-token-endpoint", broker.kafka().tokens().tokenEndpoint());
    broker.vault().put("id", FakeTokenIssuer.CLIENT_ID);
    broker.vault().put("secret", FakeTokenIssuer.CLIENT_SECRET);
    options.put("username", broker.inVault("id"));
    options.put("password", broker.inVault("secret"));

    assertThat(check(options).orElseThrow().toString())
        .startsWith("sasl-mechanism: is not offered by " + broker.kafka().saslPlaintext());
  }

  @Test
  void aClientSecretThatTheTokenEndpointRefuses() {
    assertThat(check(clientCredentials(broker.kafka().tokens().tokenEndpoint())).orElseThrow())
        .hasToString(
            "oauth-token-endpoint: it gave no token: The response code 401 and error response"
                + " {\"invalid_client\" - \"unknown client or secret\"} was encountered reading the"
                + " token endpoint response; will not attempt further retries");
  }

  @Test
  void aTokenEndpointThatIsNotThereOrThatThisJvmDoesNotAllow() {
    assertThat(check(clientCredentials("http://127.0.0.1:1/token")).orElseThrow().toString())
        .startsWith("oauth-token-endpoint: ")
        .contains("org.apache.kafka.sasl.oauthbearer.allowed.urls")
        .doesNotContain("\n");
  }

  @Test
  void anAzureIdentityThatGivesNoToken() {
    Map<String, String> options = broker.options("sasl_ssl", "OAUTHBEARER");
    options.remove("username");
    options.remove("password");
    options.put("key-vault-credential", "environment");
    options.remove("key-vault-name");
    options.put("truststore-certificates", broker.authority().pem());

    assertThat(check(options).orElseThrow().toString())
        .startsWith(
            "key-vault-credential: no Azure identity gives a token for https://localhost/.default"
                + " (key-vault-credential 'environment'): ");
  }

  private static Map<String, String> clientCredentials(String endpoint) {
    Map<String, String> options = broker.options("sasl_ssl", "OAUTHBEARER");
    options.put("oauth-token-endpoint", endpoint);
    secret("some-client", "somebody");
    secret("some-secret", "guess");
    options.put("username", broker.inVault("some-client"));
    options.put("password", broker.inVault("some-secret"));
    return options;
  }

  private static String ssl() {
    return broker.kafka().saslSsl();
  }

  private static void secret(String name, String value) {
    broker.vault().put(name, value);
  }

  private static Map<String, String> with(String protocol, String mechanism, String... changes) {
    Map<String, String> options = new HashMap<>(broker.options(protocol, mechanism));
    for (int i = 0; i < changes.length; i += 2) {
      options.put(changes[i], changes[i + 1]);
    }
    return options;
  }

  private static Optional<OptionProblem> check(Map<String, String> security) {
    Map<String, String> options = new HashMap<>(security);
    options.put("topic", topic.name());
    KafkaConnection connection = KafkaOutput.of(options, "test").connection();
    return TopicCheck.check(connection, topic.name(), WAIT);
  }

  private static void assertProblem(Map<String, String> options, String key, String message) {
    assertThat(check(options)).contains(new OptionProblem(key, message));
  }
}

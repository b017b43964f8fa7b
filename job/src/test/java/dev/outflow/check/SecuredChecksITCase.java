package dev.outflow.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outflow.embedded.FakeKeyVault;
import dev.outflow.embedded.FakeManagedIdentity;
import dev.outflow.embedded.KeyVaultExtension;
import dev.outflow.embedded.SecureKafka;
import dev.outflow.embedded.SecuredBroker;
import dev.outflow.embedded.TestAuthority;
import dev.outflow.embedded.TestCertificate;
import dev.outflow.embedded.TestTopic;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What keeps a client out is told at the step where it does, and nothing after it is tried. */
@ExtendWith(KeyVaultExtension.class)
class SecuredChecksITCase {
  private static SecuredBroker broker;
  private static TestTopic topic;

  @BeforeAll
  static void start(FakeKeyVault vault, FakeManagedIdentity identity) throws Exception {
    identity.work();
    broker = SecuredBroker.start(vault);
    topic = TestTopic.create(broker.kafka().broker(), 2);
  }

  @AfterAll
  static void stop() {
    broker.close();
  }

  @Test
  void everyStepToACertifiedClientIsTold() throws Exception {
    Checked checked = Checked.output(options("mtls", "-"));

    checked.assertWell();
    assertThat(checked.names(Outcome.OK))
        .contains("dns", "tcp", "identity", "vault", "secrets", "authorities", "certificate", "tls")
        .contains("kafka", "broker", "advertised", "topic", "write", "transactions", "safe stop")
        .contains("settings", "replicas", "record size", "timestamps", "keys", "codec")
        .doesNotContain("sasl");
    assertThat(checked.step("tls").answer())
        .startsWith("TLSv1.3, TLS_")
        .contains("the broker is CN=localhost, issued by CN=Brokers and clients, 36");
    assertThat(checked.step("certificate").answer())
        .startsWith("CN=outflow, issued by CN=Brokers and clients, 36");
    assertThat(checked.step("broker").answer())
        .startsWith("Kafka 4.2, cluster ")
        .endsWith("1 broker");
    assertThat(checked.step("safe stop").answer())
        .contains("downtime of up to 830 s loses no data");
    assertThat(checked.step("vault").answer()).isEqualTo(broker.vault().url() + " answered");
  }

  @Test
  void everyStepToAUserWithAPasswordIsToldAndNoneTellsASecret() throws Exception {
    for (String protocol : new String[] {"sasl_ssl", "sasl_plaintext"}) {
      Checked checked = Checked.input(options(protocol, "SCRAM-SHA-512"));

      checked.assertWell();
      assertThat(checked.step("sasl").answer()).isEqualTo("in, by SCRAM-SHA-512");
      assertThat(checked.step("group").answer()).isEqualTo("'job-in' has not read it yet");
      assertThat(checked.step("secrets").answer())
          .contains("password from " + broker.inVault("kafka-password"));
      assertThat(checked.toString())
          .doesNotContain(SecureKafka.PASSWORD, SecureKafka.USER, "PRIVATE KEY", "fake-token");
    }
  }

  @Test
  void aWrongPasswordFailsAtTheLogin() throws Exception {
    broker.vault().put("check-wrong", "guess");
    Checked checked =
        Checked.output(options("sasl_ssl", "PLAIN"), "password", broker.inVault("check-wrong"));

    checked.assertFailed("sasl", "password", "rejected the username or password");
    assertThat(checked.names(Outcome.NOT_TRIED)).contains("broker", "topic", "write", "codec");
    assertThat(checked.step("topic").answer()).isEqualTo("not tried: sasl failed");
    assertThat(checked.toString()).doesNotContain("guess");
  }

  @Test
  void secretsThatAreMissingAreToldAllAtOnceAndWithoutThemNoTls() throws Exception {
    Checked checked =
        Checked.output(
            options("mtls", "-"),
            "truststore-certificates",
            "check-never-1",
            "keystore-key",
            "check-never-2");

    assertThat(checked.names(Outcome.FAILED)).containsExactly("secrets", "secrets");
    assertThat(checked.all().stream().map(Step::property))
        .contains("truststore-certificates", "keystore-key");
    assertThat(checked.step("secrets").answer()).contains("secret 'check-never-", "not found in");
    assertThat(checked.step("tls").answer()).isEqualTo("not tried: secrets failed");
    assertThat(checked.step("tcp").outcome()).isEqualTo(Outcome.OK);
  }

  @Test
  void aCertificateThatHasExpiredFailsBeforeTls() throws Exception {
    Checked checked = Checked.output(with(broker.authority().expiredClient("old"), "check-old"));

    checked.assertFailed(
        "certificate", "keystore-certificate-chain", "the certificate CN=old expired on ");
    assertThat(checked.step("tls").answer()).isEqualTo("not tried: certificate failed");
  }

  @Test
  void aCertificateThatExpiresSoonWorksWithAWarning() throws Exception {
    Checked checked =
        Checked.output(
            with(
                broker.authority().clientValidFor("soon", Duration.ofHours(12 * 24 + 1)),
                "check-soon"));

    checked.assertWarning("certificate", "CN=soon, issued by CN=Brokers and clients, 12 days left");
    assertThat(checked.step("certificate").property()).isEqualTo("keystore-certificate-chain");
  }

  @Test
  void aCertificateThatTheBrokerDoesNotTrustFailsAtTls() throws Exception {
    Checked checked =
        Checked.output(
            with(TestAuthority.create("Strangers").client("stranger"), "check-stranger"));

    checked.assertFailed("tls", "keystore-certificate-chain", "rejected the client certificate");
  }

  @Test
  void aBrokerThatTheDefinitionDoesNotTrustFailsAtTls() throws Exception {
    broker.vault().put("check-other-ca", TestAuthority.create("Somebody else").pem());
    Checked checked =
        Checked.output(options("sasl_ssl", "PLAIN"), "truststore-certificates", "check-other-ca");

    checked.assertFailed(
        "tls", "truststore-certificates", "is signed by CN=Brokers and clients, which is not in");
  }

  @Test
  void aPortOfAnotherProtocolFailsAtTheStepThatNoticesIt() throws Exception {
    String open = broker.kafka().broker().bootstrapServers();
    Map<String, String> withoutCertificate = options("sasl_ssl", "PLAIN");

    Checked.output(withoutCertificate, "bootstrap-servers", open)
        .assertFailed(
            "tls",
            "security-protocol",
            "ends the connection; is it a Kafka broker, and is it the port for");
    Checked.output(withoutCertificate, "bootstrap-servers", broker.kafka().mtls())
        .assertFailed("tls", "security-protocol", "requires a client certificate");
    Checked inTheOpen =
        Checked.output(
            Map.of(
                "bootstrap-servers",
                broker.kafka().saslSsl(),
                "topic",
                topic.name(),
                "format",
                "json"));
    assertThat(inTheOpen.names(Outcome.FAILED)).containsExactly("kafka");
    assertThat(inTheOpen.step("kafka").answer())
        .contains("is it the port for this 'security-protocol'?");
  }

  @Test
  void aVaultThatHangsAndAnIdentityThatThereIsNot() throws Exception {
    try (FakeKeyVault hanging = FakeKeyVault.start().trustedHere().hang()) {
      Checked.output(options("mtls", "-"), "key-vault-name", hanging.url())
          .assertFailed("vault", "key-vault-name", hanging.url() + " did not respond in time");
    }
    Checked.output(options("mtls", "-"), "key-vault-credential", "environment")
        .assertFailed(
            "identity",
            "key-vault-credential",
            "no Azure token for https://vault.azure.net/.default (key-vault-credential 'environment')");
  }

  @Test
  void tablesOfOneConnectionAskItOnce() throws Exception {
    Map<String, String> options = options("sasl_ssl", "PLAIN");
    Checked checked =
        Checked.of(
            List.of(
                Checked.target("outputs.one", options),
                Checked.target("outputs.other", options, "topic", "check-absent")));

    assertThat(checked.steps().get("outputs.one").stream().map(Step::name))
        .contains("tls", "topic");
    assertThat(checked.steps().get("outputs.other").stream().map(Step::name))
        .startsWith("connection", "topic")
        .doesNotContain("tls");
    assertThat(checked.steps().get("outputs.other").get(0).answer())
        .isEqualTo("the same as that of outputs.one, asked once");
    assertThat(checked.names(Outcome.FAILED)).containsExactly("topic");
    assertThat(checked.steps().get("outputs.other").get(1).answer())
        .startsWith("topic 'check-absent' does not exist");
  }

  private static Map<String, String> options(String protocol, String mechanism) {
    Map<String, String> options = new HashMap<>(broker.options(protocol, mechanism));
    options.put("topic", topic.name());
    options.put("format", "json");
    return options;
  }

  private static Map<String, String> with(TestCertificate client, String name) {
    broker.vault().put(name, client.chainPem());
    broker.vault().put(name + "-key", client.keyPkcs8Pem());
    Map<String, String> options = options("mtls", "-");
    options.put("keystore-certificate-chain", name);
    options.put("keystore-key", name + "-key");
    return options;
  }
}

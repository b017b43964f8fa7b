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
import org.apache.kafka.common.security.plain.PlainLoginModule;
import org.apache.kafka.common.security.ssl.DefaultSslEngineFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Reports what keeps a client out at its step, and tries nothing after it. */
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
  void reportsEveryStepForAClientCertificate() throws Exception {
    RecordedCheck check = RecordedCheck.output(options("mtls", "-"));

    check.assertPassed();
    assertThat(check.steps(Outcome.OK))
        .contains(
            CheckStep.DNS,
            CheckStep.TCP,
            CheckStep.IDENTITY,
            CheckStep.VAULT,
            CheckStep.SECRETS,
            CheckStep.AUTHORITIES,
            CheckStep.CERTIFICATE,
            CheckStep.TLS)
        .contains(
            CheckStep.KAFKA,
            CheckStep.BROKER,
            CheckStep.ADVERTISED,
            CheckStep.TOPIC,
            CheckStep.WRITE,
            CheckStep.TRANSACTIONS,
            CheckStep.DOWNTIME)
        .contains(
            CheckStep.SETTINGS,
            CheckStep.REPLICAS,
            CheckStep.RECORD_SIZE,
            CheckStep.TIMESTAMPS,
            CheckStep.KEYS,
            CheckStep.COMPRESSION)
        .contains(CheckStep.LEADERS, CheckStep.CODEC)
        .doesNotContain(CheckStep.SASL);
    assertThat(check.step(CheckStep.TLS).answer())
        .startsWith("TLSv1.3, TLS_")
        .contains("broker certificate CN=localhost, issued by CN=Brokers and clients, 36");
    assertThat(check.step(CheckStep.CERTIFICATE).answer())
        .startsWith("CN=outflow, issued by CN=Brokers and clients, 36");
    assertThat(check.step(CheckStep.BROKER).answer()).startsWith("cluster ").endsWith("1 broker");
    assertThat(check.step(CheckStep.DOWNTIME).answer())
        .contains("downtime of up to 830 s loses no data");
    assertThat(check.step(CheckStep.VAULT).answer())
        .isEqualTo("connected to " + broker.vault().url());
  }

  @Test
  void reportsEveryStepForAPasswordWithoutRevealingASecret() throws Exception {
    for (String protocol : new String[] {"sasl_ssl", "sasl_plaintext"}) {
      RecordedCheck check = RecordedCheck.input(options(protocol, "SCRAM-SHA-512"));

      check.assertPassed();
      assertThat(check.step(CheckStep.SASL).answer()).isEqualTo("authenticated (SCRAM-SHA-512)");
      assertThat(check.step(CheckStep.GROUP).answer())
          .isEqualTo("'job-in' has no committed offsets yet");
      assertThat(check.step(CheckStep.SECRETS).answer())
          .contains("password from " + broker.inVault("kafka-password"));
      assertThat(check.toString())
          .doesNotContain(SecureKafka.PASSWORD, SecureKafka.USER, "PRIVATE KEY", "fake-token");
    }
  }

  @Test
  void rejectsAWrongPasswordAtAuthentication() throws Exception {
    broker.vault().put("check-wrong", "guess");
    RecordedCheck check =
        RecordedCheck.output(
            options("sasl_ssl", "PLAIN"), "password", broker.inVault("check-wrong"));

    check.assertFailed(CheckStep.SASL, "password", "rejected the username or password");
    assertThat(check.steps(Outcome.NOT_TRIED))
        .contains(CheckStep.BROKER, CheckStep.TOPIC, CheckStep.WRITE, CheckStep.CODEC);
    assertThat(check.step(CheckStep.TOPIC).answer()).isEqualTo("not tried: sasl failed");
    assertThat(check.toString()).doesNotContain("guess");
  }

  @Test
  void reportsAllMissingSecretsAndSkipsTls() throws Exception {
    RecordedCheck check =
        RecordedCheck.output(
            options("mtls", "-"),
            "truststore-certificates",
            "check-never-1",
            "keystore-key",
            "check-never-2");

    assertThat(check.steps(Outcome.FAILED)).containsExactly(CheckStep.SECRETS, CheckStep.SECRETS);
    assertThat(check.all().stream().map(StepReport::property))
        .contains(check.property("truststore-certificates"), check.property("keystore-key"));
    assertThat(check.step(CheckStep.SECRETS).answer()).contains("secret 'check-never-");
    assertThat(check.step(CheckStep.TLS).answer()).isEqualTo("not tried: secrets failed");
    assertThat(check.step(CheckStep.TCP).outcome()).isEqualTo(Outcome.OK);
  }

  @Test
  void rejectsAnExpiredCertificateBeforeTls() throws Exception {
    RecordedCheck check =
        RecordedCheck.output(with(broker.authority().expiredClient("old"), "check-old"));

    check.assertFailed(
        CheckStep.CERTIFICATE, "keystore-certificate-chain", "certificate CN=old expired on ");
    assertThat(check.step(CheckStep.TLS).answer()).isEqualTo("not tried: certificate failed");
  }

  @Test
  void warnsOfACertificateThatExpiresSoon() throws Exception {
    RecordedCheck check =
        RecordedCheck.output(
            with(
                broker.authority().clientValidFor("soon", Duration.ofHours(12 * 24 + 1)),
                "check-soon"));

    check.assertWarning(
        CheckStep.CERTIFICATE, "CN=soon, issued by CN=Brokers and clients, 12 days left");
    assertThat(check.step(CheckStep.CERTIFICATE).property())
        .isEqualTo(check.property("keystore-certificate-chain"));
  }

  @Test
  void rejectsACertificateThatTheBrokerDoesNotTrust() throws Exception {
    RecordedCheck check =
        RecordedCheck.output(
            with(TestAuthority.create("Strangers").client("stranger"), "check-stranger"));

    check.assertFailed(
        CheckStep.TLS, "keystore-certificate-chain", "rejected the client certificate");
  }

  @Test
  void rejectsAnUntrustedBrokerAtTls() throws Exception {
    broker.vault().put("check-other-ca", TestAuthority.create("Somebody else").pem());
    RecordedCheck check =
        RecordedCheck.output(
            options("sasl_ssl", "PLAIN"), "truststore-certificates", "check-other-ca");

    check.assertFailed(
        CheckStep.TLS,
        "truststore-certificates",
        "is signed by CN=Brokers and clients, which is not in");
  }

  @Test
  void reportsAPortOfAnotherProtocol() throws Exception {
    String open = broker.kafka().broker().bootstrapServers();
    Map<String, String> withoutCertificate = options("sasl_ssl", "PLAIN");

    RecordedCheck.output(withoutCertificate, "bootstrap-servers", open)
        .assertFailed(
            CheckStep.TLS,
            "security-protocol",
            "closed the connection; is it a Kafka broker, and is it the port for");
    RecordedCheck.output(withoutCertificate, "bootstrap-servers", broker.kafka().mtls())
        .assertFailed(CheckStep.TLS, "security-protocol", "requires a client certificate");
    RecordedCheck inTheOpen =
        RecordedCheck.output(
            Map.of(
                "bootstrap-servers",
                broker.kafka().saslSsl(),
                "topic",
                topic.name(),
                "format",
                "json"));
    assertThat(inTheOpen.steps(Outcome.FAILED)).containsExactly(CheckStep.KAFKA);
    assertThat(inTheOpen.step(CheckStep.KAFKA).answer())
        .contains("is it the port for this 'security-protocol'?");
  }

  @Test
  void reportsAHangingVaultAndAMissingIdentity() throws Exception {
    try (FakeKeyVault hanging = FakeKeyVault.start().trustedHere().hang()) {
      RecordedCheck.output(options("mtls", "-"), "key-vault-name", hanging.url())
          .assertFailed(
              CheckStep.VAULT, "key-vault-name", hanging.url() + " did not respond in time");
    }
    RecordedCheck.output(options("mtls", "-"), "key-vault-credential", "environment")
        .assertFailed(
            CheckStep.IDENTITY,
            "key-vault-credential",
            "no Azure token for https://vault.azure.net/.default (key-vault-credential 'environment')");
  }

  @Test
  void checksASharedConnectionOnce() throws Exception {
    Map<String, String> options = options("sasl_ssl", "PLAIN");
    RecordedCheck check =
        RecordedCheck.of(
            List.of(
                RecordedCheck.output("outputs.one", options),
                RecordedCheck.output("outputs.other", options, "topic", "check-absent")));

    assertThat(check.steps().get("outputs.one").stream().map(StepReport::step))
        .contains(CheckStep.TLS, CheckStep.TOPIC);
    assertThat(check.steps().get("outputs.other").stream().map(StepReport::step))
        .startsWith(CheckStep.CONNECTION, CheckStep.TOPIC)
        .doesNotContain(CheckStep.TLS);
    assertThat(check.steps().get("outputs.other").get(0).answer())
        .isEqualTo("same as that of outputs.one");
    assertThat(check.steps(Outcome.FAILED)).containsExactly(CheckStep.TOPIC);
    assertThat(check.steps().get("outputs.other").get(1).answer())
        .startsWith("topic 'check-absent' does not exist");
  }

  @Test
  void testsTlsInKafkaPropertiesUnlessTheEngineFactoryIsTheUsersOwn() throws Exception {
    Map<String, String> options =
        Map.of(
            "bootstrap-servers",
            broker.kafka().saslSsl(),
            "topic",
            topic.name(),
            "format",
            "json",
            "kafka.security.protocol",
            "SASL_SSL",
            "kafka.sasl.mechanism",
            "PLAIN",
            "kafka.sasl.jaas.config",
            "%s required username=\"%s\" password=\"%s\";"
                .formatted(
                    PlainLoginModule.class.getName(), SecureKafka.USER, SecureKafka.PASSWORD),
            "kafka.ssl.truststore.type",
            "PEM",
            "kafka.ssl.truststore.certificates",
            broker.authority().pem());

    RecordedCheck kafkas = RecordedCheck.output(options, "compression-type", "zstd");
    RecordedCheck own =
        RecordedCheck.output(
            options,
            "compression-type",
            "zstd",
            "kafka.ssl.engine.factory.class",
            OwnEngineFactory.class.getName());

    kafkas.assertPassed();
    assertThat(kafkas.step(CheckStep.TLS).answer()).contains("broker certificate CN=localhost");
    assertThat(kafkas.step(CheckStep.COMPRESSION).answer())
        .isEqualTo("zstd is supported by the brokers");
    assertThat(own.steps(Outcome.NOT_TRIED))
        .containsExactly(CheckStep.TLS, CheckStep.KAFKA, CheckStep.COMPRESSION);
    assertThat(own.steps(Outcome.FAILED)).isEmpty();
    assertThat(own.step(CheckStep.WRITE).outcome()).isEqualTo(Outcome.OK);
    assertThat(own.step(CheckStep.COMPRESSION).answer())
        .isEqualTo("unknown: the brokers were not asked whether they support zstd");
  }

  /** An engine factory that is the user's own. */
  public static final class OwnEngineFactory extends DefaultSslEngineFactory {}

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

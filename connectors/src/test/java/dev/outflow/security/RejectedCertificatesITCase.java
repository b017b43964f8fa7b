package dev.outflow.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outflow.embedded.FakeKeyVault;
import dev.outflow.embedded.FakeManagedIdentity;
import dev.outflow.embedded.KeyVaultExtension;
import dev.outflow.embedded.SecureKafka;
import dev.outflow.embedded.SecuredBroker;
import dev.outflow.embedded.TestAuthority;
import dev.outflow.embedded.TestCertificate;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Rejected certificates and keys are reported in one line: property, reason and remedy. */
@ExtendWith(KeyVaultExtension.class)
class RejectedCertificatesITCase {
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
  void acceptsValidSecrets() {
    assertThat(connection.check(broker.options("sasl_ssl", "PLAIN"))).isEmpty();
    assertThat(connection.check(broker.options("mtls", "-"))).isEmpty();
  }

  @Test
  void reportsBrokerCertificateOfAnotherCa() {
    broker.vault().put("other-ca", TestAuthority.create("Somebody else").pem());

    connection.assertProblem(
        connection.with("sasl_ssl", "PLAIN", "truststore-certificates", "other-ca"),
        "truststore-certificates",
        "certificate CN=localhost of broker %s is signed by CN=Brokers and clients, which is not in 'truststore-certificates' (CN=Somebody else)"
            .formatted(ssl()));
  }

  @Test
  void usesTheJvmsTruststoreByDefault() {
    Map<String, String> options = broker.options("sasl_ssl", "PLAIN");
    options.remove("truststore-certificates");

    connection.assertProblem(
        options,
        "truststore-certificates",
        "certificate CN=localhost of broker %s is signed by CN=Brokers and clients, which is not in 'truststore-certificates' (not set: the JVM's truststore)"
            .formatted(ssl()));
  }

  @Test
  void reportsHostNameThatTheBrokerCertificateLacks() {
    connection.assertProblem(
        connection.with(
            "sasl_ssl", "PLAIN", "bootstrap-servers", ssl().replace("localhost", "127.0.0.1")),
        "truststore-certificates",
        "the certificate of broker %s is valid for [localhost], not for 127.0.0.1; connect to one of these names, or add this one to the certificate"
            .formatted(ssl().replace("localhost", "127.0.0.1")));
  }

  @Test
  void reportsExpiredBrokerCertificate() {
    TestCertificate expired = broker.authority().expiredServer("localhost");
    try (SecureKafka old = SecureKafka.start(expired, broker.authority())) {
      assertThat(
              connection
                  .check(connection.with("sasl_ssl", "PLAIN", "bootstrap-servers", old.saslSsl()))
                  .orElseThrow()
                  .toString())
          .startsWith(
              "truststore-certificates: certificate CN=localhost of broker %s expired on "
                  .formatted(old.saslSsl()))
          .endsWith("; renew it on the broker");
    }
  }

  @Test
  void reportsMissingClientCertificate() {
    Map<String, String> options = broker.options("sasl_ssl", "PLAIN");
    options.put("bootstrap-servers", broker.kafka().mtls());

    assertThat(connection.check(options).orElseThrow().toString())
        .startsWith(
            "security-protocol: %s requires a client certificate (TLS alert: "
                .formatted(broker.kafka().mtls()))
        .endsWith("); set 'keystore-certificate-chain' and 'keystore-key'");
  }

  @Test
  void reportsUntrustedClientCertificate() {
    TestCertificate stranger = TestAuthority.create("Strangers").client("stranger");
    broker.vault().put("stranger", stranger.chainPem());
    broker.vault().put("stranger-key", stranger.keyPkcs8Pem());

    assertThat(
            connection
                .check(
                    connection.with(
                        "mtls",
                        "-",
                        "keystore-certificate-chain",
                        "stranger",
                        "keystore-key",
                        "stranger-key"))
                .orElseThrow()
                .toString())
        .startsWith(
            "keystore-certificate-chain: %s rejected the client certificate (TLS alert: "
                .formatted(broker.kafka().mtls()));
  }

  @Test
  void reportsExpiredClientCertificate() {
    TestCertificate expired = broker.authority().expiredClient("old");
    broker.vault().put("old", expired.chainPem());
    broker.vault().put("old-key", expired.keyPkcs8Pem());

    assertThat(
            connection
                .check(
                    connection.with(
                        "mtls",
                        "-",
                        "keystore-certificate-chain",
                        "old",
                        "keystore-key",
                        "old-key"))
                .orElseThrow()
                .toString())
        .startsWith("keystore-certificate-chain: certificate CN=old expired on ")
        .endsWith("; replace it with a renewed one");
  }

  @Test
  void reportsKeyThatDoesNotMatchTheCertificate() {
    broker.vault().put("other-key", broker.authority().client("other").keyPkcs8Pem());

    connection.assertProblem(
        connection.with("mtls", "-", "keystore-key", "other-key"),
        "keystore-key",
        "does not match certificate CN=outflow of 'keystore-certificate-chain'");
  }

  @Test
  void reportsMissingAndWrongKeyPassword() {
    TestCertificate client = broker.authority().client("encrypted");
    broker.vault().put("encrypted", client.chainPem());
    broker.vault().put("encrypted-key", client.keyEncryptedPem("right"));
    broker.vault().put("right-password", "right");
    broker.vault().put("wrong-key-password", "wrong");
    Map<String, String> options =
        connection.with(
            "mtls",
            "-",
            "keystore-certificate-chain",
            "encrypted",
            "keystore-key",
            "encrypted-key");

    connection.assertProblem(options, "keystore-key", "is encrypted; set 'keystore-key-password'");
    options.put("keystore-key-password", "wrong-key-password");
    connection.assertProblem(
        options, "keystore-key", "cannot be decrypted; correct 'keystore-key-password'");
    options.put("keystore-key-password", "right-password");
    assertThat(connection.check(options)).isEmpty();
  }

  @Test
  void reportsSecretsThatAreMissingEmptyOrNotCertificates() {
    broker.vault().put("no-pem", "kafka.example.com");
    broker.vault().put("key-only", broker.authority().client("c").keyPkcs8Pem());
    broker.vault().put("empty", "");

    connection.assertProblem(
        connection.with("sasl_ssl", "PLAIN", "truststore-certificates", "no-pem"),
        "truststore-certificates",
        "is neither PEM nor a PKCS#12 or JKS keystore in Base64");
    connection.assertProblem(
        connection.with("sasl_ssl", "PLAIN", "truststore-certificates", "key-only"),
        "truststore-certificates",
        "contains no certificate, but PRIVATE KEY");
    connection.assertProblem(
        connection.with("sasl_ssl", "PLAIN", "truststore-certificates", "empty"),
        "truststore-certificates",
        "is empty");
    connection.assertProblem(
        connection.with("sasl_ssl", "PLAIN", "password", broker.inVault("empty")),
        "password",
        "is empty");
    connection.assertProblem(
        connection.with("sasl_ssl", "PLAIN", "truststore-certificates", "never-uploaded"),
        "truststore-certificates",
        "secret 'never-uploaded' not found in %s; create it or correct the name"
            .formatted(broker.vault().url()));
  }

  private static String ssl() {
    return broker.kafka().saslSsl();
  }
}

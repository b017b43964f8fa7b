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

/**
 * Every certificate or key that keeps a client out is told in one line: the property, why, what to
 * do.
 */
@ExtendWith(KeyVaultExtension.class)
class RefusedCertificatesITCase {
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
  void theRightSecretsGetIn() {
    assertThat(connection.check(broker.options("sasl_ssl", "PLAIN"))).isEmpty();
    assertThat(connection.check(broker.options("mtls", "-"))).isEmpty();
  }

  @Test
  void anAuthorityThatDidNotSignTheBrokersCertificate() {
    broker.vault().put("other-ca", TestAuthority.create("Somebody else").pem());

    connection.assertProblem(
        connection.with("sasl_ssl", "PLAIN", "truststore-certificates", "other-ca"),
        "truststore-certificates",
        "the certificate CN=localhost of the broker %s is signed by CN=Brokers and clients, which is none of 'truststore-certificates' (CN=Somebody else)"
            .formatted(ssl()));
  }

  @Test
  void withoutATruststoreTheJvmsOwnAuthoritiesDecide() {
    Map<String, String> options = broker.options("sasl_ssl", "PLAIN");
    options.remove("truststore-certificates");

    connection.assertProblem(
        options,
        "truststore-certificates",
        "the certificate CN=localhost of the broker %s is signed by CN=Brokers and clients, which is none of 'truststore-certificates' (the JVM's own authorities)"
            .formatted(ssl()));
  }

  @Test
  void aBrokerThatIsAddressedByANameThatItsCertificateLacks() {
    connection.assertProblem(
        connection.with(
            "sasl_ssl", "PLAIN", "bootstrap-servers", ssl().replace("localhost", "127.0.0.1")),
        "truststore-certificates",
        "the certificate of the broker %s is for [localhost], not for 127.0.0.1; connect by a name that it has, or renew it with this one"
            .formatted(ssl().replace("localhost", "127.0.0.1")));
  }

  @Test
  void aBrokerWhoseCertificateHasExpired() {
    TestCertificate expired = broker.authority().expiredServer("localhost");
    try (SecureKafka old = SecureKafka.start(expired, broker.authority())) {
      assertThat(
              connection
                  .check(connection.with("sasl_ssl", "PLAIN", "bootstrap-servers", old.saslSsl()))
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

    assertThat(connection.check(options).orElseThrow().toString())
        .startsWith(
            "security-protocol: %s requires a client certificate (TLS alert: "
                .formatted(broker.kafka().mtls()))
        .endsWith("); set 'keystore-certificate-chain' and 'keystore-key'");
  }

  @Test
  void aClientCertificateThatTheBrokerDoesNotTrust() {
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
  void aClientCertificateThatHasExpired() {
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
        .startsWith("keystore-certificate-chain: the certificate CN=old expired on ")
        .endsWith("; put a renewed one there");
  }

  @Test
  void aKeyThatDoesNotBelongToTheCertificate() {
    broker.vault().put("other-key", broker.authority().client("other").keyPkcs8Pem());

    connection.assertProblem(
        connection.with("mtls", "-", "keystore-key", "other-key"),
        "keystore-key",
        "does not belong to the certificate CN=outflow of 'keystore-certificate-chain'");
  }

  @Test
  void anEncryptedKeyWithTheWrongPassword() {
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

    connection.assertProblem(
        options, "keystore-key", "its key is encrypted; set 'keystore-key-password'");
    options.put("keystore-key-password", "wrong-key-password");
    connection.assertProblem(
        options, "keystore-key", "its key cannot be decrypted; is 'keystore-key-password' right?");
    options.put("keystore-key-password", "right-password");
    assertThat(connection.check(options)).isEmpty();
  }

  @Test
  void aSecretThatIsNoCertificateOrEmptyOrAbsent() {
    broker.vault().put("no-pem", "kafka.example.com");
    broker.vault().put("key-only", broker.authority().client("c").keyPkcs8Pem());
    broker.vault().put("empty", "");

    connection.assertProblem(
        connection.with("sasl_ssl", "PLAIN", "truststore-certificates", "no-pem"),
        "truststore-certificates",
        "is neither PEM nor a PKCS#12 or JKS store in Base64");
    connection.assertProblem(
        connection.with("sasl_ssl", "PLAIN", "truststore-certificates", "key-only"),
        "truststore-certificates",
        "holds no certificate, but PRIVATE KEY");
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
        "there is no secret 'never-uploaded' in %s; upload it, or correct the name"
            .formatted(broker.vault().url()));
  }

  private static String ssl() {
    return broker.kafka().saslSsl();
  }
}

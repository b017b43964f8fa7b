package dev.outflow.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import javax.security.auth.spi.LoginModule;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginCallbackHandler;
import org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule;
import org.apache.kafka.common.security.plain.PlainLoginModule;
import org.apache.kafka.common.security.scram.ScramLoginModule;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who gets in where, and what outlives a restart. */
class SecureKafkaITCase {
  private static final TestAuthority SERVERS = TestAuthority.create("servers");
  private static final TestAuthority CLIENTS = TestAuthority.create("clients");
  private static SecureKafka kafka;

  @BeforeAll
  static void start() {
    kafka = SecureKafka.start(SERVERS.server("localhost"), CLIENTS);
  }

  @AfterAll
  static void close() {
    kafka.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512"})
  void aPasswordOpensBothSaslListeners(String mechanism) {
    assertIn(password(kafka.saslPlaintext(), mechanism, SecureKafka.PASSWORD));
    assertIn(trusting(SERVERS, password(kafka.saslSsl(), mechanism, SecureKafka.PASSWORD)));
    assertOut(password(kafka.saslPlaintext(), mechanism, "wrong"));
    assertOut(trusting(SERVERS, password(kafka.saslSsl(), mechanism, "wrong")));
  }

  @Test
  void aPasswordOfAnyCharactersIsInForceAtOnce() {
    String user = "user-" + UUID.randomUUID();
    String password = "with \"quotes\", \\, ; and ä";
    kafka.changeScramPassword(user, password);

    Map<String, Object> client = password(kafka.saslPlaintext(), "SCRAM-SHA-512", "");
    client.put("sasl.jaas.config", login(ScramLoginModule.class, user, password));
    assertIn(client);
    kafka.changeScramPassword(user, "other");
    assertOut(client);
  }

  @Test
  void aServerIsNotTakenForAnother() {
    TestAuthority others = TestAuthority.create("others");

    assertThatThrownBy(() -> connect(trusting(others, password(kafka.saslSsl(), "PLAIN", "any"))))
        .hasCauseInstanceOf(SslAuthenticationException.class);
  }

  @Test
  void aTokenOpensSaslSslAsLongAsTheSecretIsRight() {
    Map<String, Object> client = trusting(SERVERS, client(kafka.saslSsl(), "SASL_SSL"));
    client.put("sasl.mechanism", "OAUTHBEARER");
    client.put(
        "sasl.login.callback.handler.class", OAuthBearerLoginCallbackHandler.class.getName());
    client.put("sasl.oauthbearer.token.endpoint.url", kafka.tokens().tokenEndpoint());
    client.put("sasl.oauthbearer.client.credentials.client.id", FakeTokenIssuer.CLIENT_ID);
    client.put("sasl.oauthbearer.client.credentials.client.secret", FakeTokenIssuer.CLIENT_SECRET);
    client.put("sasl.jaas.config", SecureListeners.login(OAuthBearerLoginModule.class));

    assertIn(client);
    kafka.tokens().changeSecret("another");
    try {
      assertThatThrownBy(() -> connect(client)).rootCause().hasMessageContaining("invalid_client");
    } finally {
      kafka.tokens().changeSecret(FakeTokenIssuer.CLIENT_SECRET);
    }
    assertIn(client);
  }

  @Test
  void onlyACertificateOfTheRightAuthorityOpensMtls() {
    assertIn(with(CLIENTS.client("alice")));
    assertIn(with(CLIENTS.clientEc("alice")));
    assertIn(with(CLIENTS.intermediate("below").client("alice")));
    assertRefused(trusting(SERVERS, client(kafka.mtls(), "SSL")));
    assertRefused(with(SERVERS.client("alice")));
    assertRefused(with(CLIENTS.expiredClient("alice")));
  }

  @Test
  void everythingButTheCertificateOutlivesARestart() throws Exception {
    TestTopic topic = TestTopic.create(kafka.broker(), 1);
    Map<String, Object> producing = client(kafka.broker().bootstrapServers(), "PLAINTEXT");
    producing.put("transactional.id", topic.name());
    TestAuthority others = TestAuthority.create("others");
    String before = kafka.saslSsl();
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(producing, new ByteArraySerializer(), new ByteArraySerializer())) {
      producer.initTransactions();
      producer.beginTransaction();
      producer.send(new ProducerRecord<>(topic.name(), bytes("before"))).get();
      kafka.restart(others.server("localhost"), CLIENTS);
      assertThat(topic.committed()).isEmpty();
      producer.send(new ProducerRecord<>(topic.name(), bytes("after"))).get();
      producer.commitTransaction();
    }

    assertThat(topic.settled())
        .extracting(each -> new String(each.value(), StandardCharsets.UTF_8))
        .containsExactly("before", "after");
    assertThat(kafka.saslSsl()).isEqualTo(before);
    Map<String, Object> scram = password(before, "SCRAM-SHA-512", SecureKafka.PASSWORD);
    assertIn(trusting(others, new HashMap<>(scram)));
    assertThatThrownBy(() -> connect(trusting(SERVERS, new HashMap<>(scram))))
        .hasCauseInstanceOf(SslAuthenticationException.class);
    kafka.restart(SERVERS.server("localhost"), CLIENTS);
  }

  private static Map<String, Object> client(String address, String protocol) {
    Map<String, Object> properties = new HashMap<>();
    properties.put("bootstrap.servers", address);
    properties.put("security.protocol", protocol);
    return properties;
  }

  private static Map<String, Object> password(String address, String mechanism, String password) {
    Map<String, Object> properties =
        client(address, address.equals(kafka.saslSsl()) ? "SASL_SSL" : "SASL_PLAINTEXT");
    properties.put("sasl.mechanism", mechanism);
    properties.put(
        "sasl.jaas.config",
        login(
            mechanism.equals("PLAIN") ? PlainLoginModule.class : ScramLoginModule.class,
            SecureKafka.USER,
            password));
    return properties;
  }

  private static Map<String, Object> trusting(
      TestAuthority authority, Map<String, Object> properties) {
    properties.put("ssl.truststore.type", "PEM");
    properties.put("ssl.truststore.certificates", authority.pem());
    return properties;
  }

  private static Map<String, Object> with(TestCertificate certificate) {
    Map<String, Object> properties = trusting(SERVERS, client(kafka.mtls(), "SSL"));
    properties.put("ssl.keystore.type", "PEM");
    properties.put("ssl.keystore.certificate.chain", certificate.chainPem());
    properties.put("ssl.keystore.key", certificate.keyPkcs8Pem());
    return properties;
  }

  private static String login(Class<? extends LoginModule> module, String user, String password) {
    return SecureListeners.login(module, "username", user, "password", password);
  }

  private static void assertIn(Map<String, Object> properties) {
    assertThatCode(() -> connect(properties)).doesNotThrowAnyException();
  }

  private static void assertOut(Map<String, Object> properties) {
    assertThatThrownBy(() -> connect(properties))
        .hasCauseInstanceOf(SaslAuthenticationException.class);
  }

  private static void assertRefused(Map<String, Object> properties) {
    assertThatThrownBy(() -> connect(properties))
        .hasCauseInstanceOf(SslAuthenticationException.class);
  }

  private static void connect(Map<String, Object> properties)
      throws ExecutionException, InterruptedException {
    try (Admin admin = Admin.create(properties)) {
      admin.describeCluster().nodes().get();
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}

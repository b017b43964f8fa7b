package dev.outflow.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.outflow.kafka.KafkaConnection;
import dev.outflow.kafka.input.KafkaInput;
import dev.outflow.kafka.option.SecretWarnings;
import dev.outflow.kafka.output.KafkaOutput;
import dev.outflow.option.InvalidOptionsException;
import dev.outflow.option.OptionProblem;
import dev.outflow.option.Redaction;
import dev.outflow.sasl.CredentialsCallbackHandler;
import dev.outflow.tls.KeyVaultTruststoreInitializer;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** From options to the properties of Kafka's client, and what is refused on the way. */
class SecurityReaderTest {
  private static final Map<String, String> PLACE =
      Map.of("bootstrap-servers", "broker:9093", "topic", "orders");

  @ParameterizedTest
  @CsvSource({
    "SASL_SSL, scram-sha-512, SASL_SSL, SCRAM-SHA-512",
    "sasl_ssl, PLAIN, SASL_SSL, PLAIN",
    "Sasl_Plaintext, SCRAM-SHA-256, SASL_PLAINTEXT, SCRAM-SHA-256"
  })
  void aPasswordProtocolIsReadInAnyCaseAndLeavesThePasswordOut(
      String written, String mechanism, String protocol, String kafkaMechanism) {
    Map<String, String> client =
        client(
            "security-protocol",
            written,
            "sasl-mechanism",
            mechanism,
            "username",
            "${env:U}",
            "password",
            "${env:P}");

    assertThat(client)
        .containsEntry("security.protocol", protocol)
        .containsEntry("sasl.mechanism", kafkaMechanism)
        .containsEntry(
            "sasl.client.callback.handler.class", CredentialsCallbackHandler.class.getName());
    assertThat(client.get("sasl.jaas.config")).endsWith("LoginModule required;");
    assertThat(client.values()).noneMatch(value -> value.contains("${"));
  }

  @Test
  void tlsIsDoneByTheInitializerWithAndWithoutTruststore() {
    assertThat(
            client(
                "security-protocol", "mTLS",
                "key-vault-name", "my-vault",
                "truststore-certificates", "kafka-ca",
                "keystore-certificate-chain", "kafka-client",
                "keystore-key", "kafka-client-key"))
        .containsEntry("security.protocol", "SSL")
        .containsEntry("ssl.engine.factory.class", KeyVaultTruststoreInitializer.class.getName())
        .containsEntry(
            "outflow.value.truststore-certificates", "%24%7Bkeyvault%3Amy-vault%3Akafka-ca%7D");
    assertThat(client("security-protocol", "sasl_ssl", "username", "u", "password", "${env:P}"))
        .containsEntry("ssl.engine.factory.class", KeyVaultTruststoreInitializer.class.getName())
        .doesNotContainKey("outflow.value.truststore-certificates");
  }

  @Test
  void noneIsKafkaAsItIs() {
    assertThat(client("security-protocol", "None"))
        .isEqualTo(Map.of("bootstrap.servers", "broker:9093"));
  }

  @Test
  void withoutOurWordsKafkasOwnPassThrough() {
    assertThat(client("kafka.security.protocol", "SASL_SSL", "kafka.sasl.mechanism", "GSSAPI"))
        .containsEntry("security.protocol", "SASL_SSL")
        .containsEntry("sasl.mechanism", "GSSAPI");
  }

  @Test
  void aUsersOwnInterceptorIsKeptBesideTheMetrics() {
    assertThat(
            client(
                "security-protocol", "sasl_ssl",
                "username", "u",
                "password", "${env:P}",
                "kafka.interceptor.classes", "com.example.Mine"))
        .containsEntry(
            "interceptor.classes", "com.example.Mine," + SecurityMetrics.class.getName());
  }

  @Test
  void referencesOfKafkasOwnPropertiesBringTheirProviders() {
    assertThat(client("kafka.client.rack", "${env:RACK}"))
        .containsEntry("client.rack", "${env:RACK}")
        .containsEntry("config.providers", "env,file,dir,keyvault");
  }

  @Test
  void whatThePlanNeedsIsReadWhenItIsMade() {
    assertThat(output("topic", "topic-${env:HOME}", "bootstrap-servers", "${env:BROKERS}"))
        .isEqualTo(
            problem(
                "topic",
                "'topic-%s' is not a valid topic name; use up to 249 of a-z, A-Z, 0-9, '.', '_' and '-'"
                    .formatted(System.getenv("HOME"))));
    assertThat(output("compression-type", "${env:NO_SUCH_VARIABLE}"))
        .isEqualTo(
            problem(
                "compression-type",
                "there is no environment variable NO_SUCH_VARIABLE in this process; it must be"
                    + " resolvable where the job is submitted"));
  }

  @Test
  void everyPropertyThatAProtocolNeedsOrHasNoUseForIsTold() {
    assertThat(output("security-protocol", "tls"))
        .isEqualTo(
            problem("security-protocol", "'tls' is none of none, sasl_plaintext, sasl_ssl, mtls"));
    assertThat(output("security-protocol", "sasl_ssl"))
        .isEqualTo(
            "username: is required for sasl-mechanism 'PLAIN'\npassword: is required for sasl-mechanism 'PLAIN'");
    assertThat(output("security-protocol", "mtls"))
        .isEqualTo("keystore-certificate-chain: is required for security-protocol 'mtls'");
    assertThat(output("username", "alice"))
        .isEqualTo(
            "username: has no meaning with security-protocol 'none'; remove it, or change that");
    assertThat(
            output(
                "security-protocol", "sasl_plaintext",
                "username", "u",
                "password", "${env:P}",
                "truststore-certificates", "${env:CA}"))
        .isEqualTo(
            "truststore-certificates: has no meaning with security-protocol 'sasl_plaintext';"
                + " remove it, or change that");
    assertThat(
            output(
                "security-protocol", "sasl_ssl",
                "sasl-mechanism", "OAUTHBEARER",
                "username", "u"))
        .isEqualTo(
            "username: has no meaning with OAUTHBEARER without 'oauth-token-endpoint'; remove it,"
                + " or change that");
  }

  @Test
  void aSecretsNameNeedsAVaultAndMustBeOne() {
    assertThat(output(saslSsl("truststore-certificates", "kafka-ca")))
        .isEqualTo(
            "truststore-certificates: names a secret, but 'key-vault-name' is not set; set it, or"
                + " write a reference such as ${dir:/etc/certs:ca.pem}");
    assertThat(output(saslSsl("truststore-certificates", "kafka_ca", "key-vault-name", "my-vault")))
        .startsWith("truststore-certificates: is no name of a secret in Key Vault");
    assertThat(output(saslSsl("key-vault-name", "v")))
        .startsWith("key-vault-name: 'v' is no Key Vault; write its name");
    assertThat(output(saslSsl("key-vault-credential", "me")))
        .startsWith("key-vault-credential: 'me' is none of default, managed-identity,");
    assertThat(output(saslSsl("key-vault-refresh-interval", "5 ms")))
        .isEqualTo("key-vault-refresh-interval: must be at least 1 s");
  }

  @Test
  void kafkasWordsForTheSameAreRefusedBesideOurs() {
    assertThat(output(saslSsl("kafka.ssl.truststore.location", "/etc/ca.jks")))
        .isEqualTo(
            "kafka.ssl.truststore.location: conflicts with 'security-protocol'; use"
                + " truststore-*, keystore-*, sasl-mechanism, username and password instead");
  }

  @Test
  void noneIsNotContradictedByKafkasWords() {
    assertThat(output("security-protocol", "none", "kafka.security.protocol", "SSL"))
        .startsWith("kafka.security.protocol: conflicts with 'security-protocol'");
  }

  @Test
  void longValuesThatAreNoSecretsAreShown() {
    String brokers = "broker-with-a-long-name.example.com:9093,".repeat(8) + "last:9093";
    Map<String, String> all = Map.of("bootstrap-servers", brokers, "keystore-key", "a-name");

    assertThat(Redaction.of(all)).isEqualTo(all);
    assertThat(Redaction.of(Map.of("keystore-key", "MIIE".repeat(100))))
        .containsEntry("keystore-key", "******");
  }

  @Test
  void anInputIsSecuredInTheSameWay() {
    Map<String, String> options = new HashMap<>(PLACE);
    options.putAll(Map.of("security-protocol", "mtls", "keystore-certificate-chain", "${env:C}"));

    assertThat(KafkaInput.of(options, "name").connection().security())
        .isInstanceOf(ClientSecurity.Mtls.class);
  }

  @Test
  void aSecretThatIsWrittenAsItIsWorksIsNotPrintedAndIsWarnedOf() {
    Map<String, String> options = saslSsl("password", "hunter2");
    Map<String, String> all = new HashMap<>(PLACE);
    all.putAll(options);

    assertThat(SecretWarnings.of(all)).extracting(OptionProblem::key).containsExactly("password");
    assertThat(SecretWarnings.of(all).toString()).doesNotContain("hunter2");
    assertThat(KafkaOutput.of(all, "name").toString()).doesNotContain("hunter2");
    all.put("password", "${env:P}");
    assertThat(SecretWarnings.of(all)).isEmpty();
    all.put("kafka.ssl.endpoint.identification.algorithm", "");
    assertThat(SecretWarnings.of(all))
        .extracting(OptionProblem::message)
        .containsExactly("is empty: the host name in the broker's certificate is not verified");
  }

  private static Map<String, String> saslSsl(String... more) {
    Map<String, String> options = new HashMap<>();
    options.put("security-protocol", "sasl_ssl");
    options.put("username", "u");
    options.put("password", "${env:P}");
    options.putAll(map(more));
    return options;
  }

  private static Map<String, String> client(String... options) {
    Map<String, String> all = new HashMap<>(PLACE);
    all.putAll(map(options));
    KafkaConnection connection = KafkaOutput.of(all, "name").connection();
    return connection.clientProperties(Map.of());
  }

  private static String output(String... options) {
    return output(map(options));
  }

  /** Everything that is wrong, a line each. */
  private static String output(Map<String, String> options) {
    Map<String, String> all = new HashMap<>(PLACE);
    all.putAll(options);
    return assertThatExceptionOfType(InvalidOptionsException.class)
        .isThrownBy(() -> KafkaOutput.of(all, "name"))
        .actual()
        .getMessage();
  }

  private static String problem(String key, String message) {
    return new OptionProblem(key, message).toString();
  }

  private static Map<String, String> map(String... keysAndValues) {
    Map<String, String> map = new HashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      map.put(keysAndValues[i], keysAndValues[i + 1]);
    }
    return map;
  }
}

package dev.outflow.embedded;

import static java.util.stream.Collectors.joining;

import java.util.HashMap;
import java.util.Map;

/**
 * A secured broker whose secrets are in a vault, and the options of tables that connect to it.
 *
 * @param authority the CA of broker and client certificates
 */
public record SecuredBroker(SecureKafka kafka, FakeKeyVault vault, TestAuthority authority)
    implements AutoCloseable {

  /** Starts a broker and stores its secrets in the vault, with names like {@code kafka-ca}. */
  public static SecuredBroker start(FakeKeyVault vault) {
    TestAuthority authority = TestAuthority.create("Brokers and clients");
    SecureKafka kafka = SecureKafka.start(authority.server("localhost"), authority);
    vault.answer().allowAll();
    vault.put("kafka-ca", authority.pem());
    vault.put("kafka-user", SecureKafka.USER);
    vault.put("kafka-password", SecureKafka.PASSWORD);
    putClient(vault, authority.client("outflow"));
    return new SecuredBroker(kafka, vault, authority);
  }

  public static void putClient(FakeKeyVault vault, TestCertificate client) {
    vault.put("kafka-client", client.chainPem());
    vault.put("kafka-client-key", client.keyPkcs8Pem());
  }

  /** Returns a table's options for bootstrap servers and security. */
  public Map<String, String> options(String protocol, String mechanism) {
    Map<String, String> options = new HashMap<>();
    options.put("security-protocol", protocol);
    options.put("key-vault-name", vault.url());
    options.put("key-vault-credential", "managed-identity");
    options.put("key-vault-refresh-interval", "1 s");
    switch (protocol) {
      case "sasl_plaintext" -> options.put("bootstrap-servers", kafka.saslPlaintext());
      case "sasl_ssl" -> options.put("bootstrap-servers", kafka.saslSsl());
      default -> {
        options.put("bootstrap-servers", kafka.mtls());
        options.put("keystore-certificate-chain", "kafka-client");
        options.put("keystore-key", "kafka-client-key");
      }
    }
    if (protocol.startsWith("sasl")) {
      options.put("sasl-mechanism", mechanism);
      options.put("username", inVault("kafka-user"));
      options.put("password", inVault("kafka-password"));
    }
    if (!protocol.equals("sasl_plaintext")) {
      options.put("truststore-certificates", "kafka-ca");
    }
    return options;
  }

  /** Returns {@code CREATE TEMPORARY TABLE} with one column, {@code word}. */
  public static String table(
      String name, String connector, TestTopic topic, Map<String, String> options) {
    String security =
        options.entrySet().stream()
            .map(option -> ", '%s' = '%s'".formatted(option.getKey(), option.getValue()))
            .collect(joining());
    return "CREATE TEMPORARY TABLE %s (word STRING) WITH ('connector' = '%s', 'topic' = '%s', 'format' = 'json'%s)"
        .formatted(name, connector, topic.name(), security);
  }

  public String inVault(String secret) {
    return "${keyvault:%s:%s}".formatted(vault.url(), secret);
  }

  @Override
  public void close() {
    kafka.close();
  }
}

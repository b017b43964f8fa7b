package dev.outflow.security;

import static dev.outflow.security.SecurityOptions.KEYSTORE_CERTIFICATE_CHAIN;
import static dev.outflow.security.SecurityOptions.KEYSTORE_KEY;
import static dev.outflow.security.SecurityOptions.KEYSTORE_KEY_PASSWORD;
import static dev.outflow.security.SecurityOptions.KEY_VAULT_CREDENTIAL;
import static dev.outflow.security.SecurityOptions.KEY_VAULT_REFRESH_INTERVAL;
import static dev.outflow.security.SecurityOptions.OAUTH_SCOPE;
import static dev.outflow.security.SecurityOptions.OAUTH_TOKEN_ENDPOINT;
import static dev.outflow.security.SecurityOptions.PASSWORD;
import static dev.outflow.security.SecurityOptions.SASL_MECHANISM;
import static dev.outflow.security.SecurityOptions.SECURITY_PROTOCOL;
import static dev.outflow.security.SecurityOptions.TRUSTSTORE_CERTIFICATES;
import static dev.outflow.security.SecurityOptions.TRUSTSTORE_PASSWORD;
import static dev.outflow.security.SecurityOptions.USERNAME;

import dev.outflow.keyvault.AzureCredential;
import dev.outflow.option.OptionReader;
import dev.outflow.reference.SecretProperties;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.configuration.ConfigOption;

/** Reads the {@link ClientSecurity} of a table from its options and reports all problems. */
public final class SecurityReader {
  private static final List<ConfigOption<String>> CREDENTIALS = List.of(USERNAME, PASSWORD);
  private static final List<ConfigOption<String>> TLS =
      List.of(
          TRUSTSTORE_CERTIFICATES,
          TRUSTSTORE_PASSWORD,
          KEYSTORE_CERTIFICATE_CHAIN,
          KEYSTORE_KEY,
          KEYSTORE_KEY_PASSWORD);

  private final OptionReader options;
  private final SecretReader secrets;

  private SecurityReader(OptionReader options) {
    this.options = options;
    this.secrets = new SecretReader(options);
  }

  /**
   * Returns the security of a table.
   *
   * @param kafka the user's properties of the Kafka client
   */
  public static ClientSecurity read(OptionReader options, Map<String, String> kafka) {
    SecurityReader reader = new SecurityReader(options);
    Optional<SecurityProtocol> protocol = options.find(SECURITY_PROTOCOL, SecurityProtocol.class);
    if (protocol.isPresent()) {
      return reader.read(protocol.get());
    }
    if (options.isWritten(SECURITY_PROTOCOL)) {
      return new ClientSecurity.None(); // Reported as invalid; the other options depend on it.
    }
    return kafka.containsKey("security.protocol")
        ? reader.passThrough()
        : reader.read(SECURITY_PROTOCOL.defaultValue());
  }

  private ClientSecurity passThrough() {
    options.rejectWritten(CREDENTIALS, "kafka.security.protocol");
    options.rejectWritten(TLS, "kafka.security.protocol");
    options.rejectWritten(
        List.of(SASL_MECHANISM, OAUTH_TOKEN_ENDPOINT, OAUTH_SCOPE), "kafka.security.protocol");
    return new ClientSecurity.PassThrough();
  }

  private ClientSecurity read(SecurityProtocol protocol) {
    String reason = "%s '%s'".formatted(SECURITY_PROTOCOL.key(), protocol);
    boolean sasl =
        protocol == SecurityProtocol.SASL_PLAINTEXT || protocol == SecurityProtocol.SASL_SSL;
    boolean tls = protocol == SecurityProtocol.SASL_SSL || protocol == SecurityProtocol.MTLS;
    if (!sasl) {
      options.rejectWritten(CREDENTIALS, reason);
      options.rejectWritten(List.of(SASL_MECHANISM, OAUTH_TOKEN_ENDPOINT, OAUTH_SCOPE), reason);
    }
    if (!tls) {
      options.rejectWritten(TLS, reason);
    }
    if (protocol == SecurityProtocol.MTLS) {
      options.requireFor(reason, KEYSTORE_CERTIFICATE_CHAIN);
    }
    if (options.find(KEYSTORE_CERTIFICATE_CHAIN).isEmpty()) {
      options.rejectWrittenWithout(
          List.of(KEYSTORE_KEY, KEYSTORE_KEY_PASSWORD), KEYSTORE_CERTIFICATE_CHAIN);
    }
    Sasl authentication = sasl ? sasl() : null;
    SecretProperties properties =
        new SecretProperties(secrets.read(CREDENTIALS, TLS), credential(), refreshInterval());
    return switch (protocol) {
      case NONE -> new ClientSecurity.None();
      case SASL_PLAINTEXT -> new ClientSecurity.SaslPlaintext(authentication, properties);
      case SASL_SSL -> new ClientSecurity.SaslSsl(authentication, properties);
      case MTLS -> new ClientSecurity.Mtls(properties);
    };
  }

  private Sasl sasl() {
    SaslMechanism mechanism =
        options.find(SASL_MECHANISM, SaslMechanism.class).orElse(SASL_MECHANISM.defaultValue());
    Optional<String> endpoint = options.find(OAUTH_TOKEN_ENDPOINT);
    if (mechanism != SaslMechanism.OAUTHBEARER) {
      options.rejectWritten(
          List.of(OAUTH_TOKEN_ENDPOINT, OAUTH_SCOPE),
          "%s '%s'".formatted(SASL_MECHANISM.key(), mechanism));
      requirePassword("%s '%s'".formatted(SASL_MECHANISM.key(), mechanism));
      return new Sasl.Password(mechanism);
    }
    if (endpoint.isPresent()) {
      requirePassword("'%s'".formatted(OAUTH_TOKEN_ENDPOINT.key()));
      return new Sasl.ClientCredentials(endpoint.get(), options.find(OAUTH_SCOPE));
    }
    options.rejectWrittenWithout(CREDENTIALS, OAUTH_TOKEN_ENDPOINT);
    return new Sasl.AzureToken(options.find(OAUTH_SCOPE));
  }

  private void requirePassword(String reason) {
    CREDENTIALS.forEach(option -> options.requireFor(reason, option));
  }

  private AzureCredential credential() {
    return credential(options);
  }

  /** Returns the Azure identity that resolves a table's references to Key Vault. */
  public static AzureCredential credential(OptionReader options) {
    try {
      return AzureCredential.of(options.get(KEY_VAULT_CREDENTIAL));
    } catch (IllegalArgumentException e) {
      options.reject(KEY_VAULT_CREDENTIAL, e.getMessage());
      return AzureCredential.DEFAULT;
    }
  }

  private Duration refreshInterval() {
    Duration interval = options.get(KEY_VAULT_REFRESH_INTERVAL);
    if (interval.compareTo(SecretProperties.MIN_REFRESH_INTERVAL) < 0) {
      options.reject(KEY_VAULT_REFRESH_INTERVAL, "must be at least 1 s");
    }
    return interval;
  }
}

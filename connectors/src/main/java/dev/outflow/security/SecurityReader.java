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
import dev.outflow.reference.DeferredSecrets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.configuration.ConfigOption;

/** From the options of a table to its {@link ClientSecurity}; everything that is wrong is noted. */
public final class SecurityReader {
  private static final List<ConfigOption<String>> FOR_PASSWORDS = List.of(USERNAME, PASSWORD);
  private static final List<ConfigOption<String>> FOR_TLS =
      List.of(
          TRUSTSTORE_CERTIFICATES,
          TRUSTSTORE_PASSWORD,
          KEYSTORE_CERTIFICATE_CHAIN,
          KEYSTORE_KEY,
          KEYSTORE_KEY_PASSWORD);
  private static final Duration SHORTEST_INTERVAL = Duration.ofSeconds(1);

  private final OptionReader options;
  private final SecretReader secrets;

  private SecurityReader(OptionReader options) {
    this.options = options;
    this.secrets = new SecretReader(options);
  }

  /**
   * The security of a table.
   *
   * @param kafka the user's own properties of Kafka's client
   */
  public static ClientSecurity read(OptionReader options, Map<String, String> kafka) {
    SecurityReader reader = new SecurityReader(options);
    Optional<SecurityProtocol> protocol = options.find(SECURITY_PROTOCOL, SecurityProtocol.class);
    if (protocol.isPresent()) {
      return reader.read(protocol.get());
    }
    if (options.isWritten(SECURITY_PROTOCOL)) {
      return new ClientSecurity.None(); // What cannot be read is noted; the rest depends on it.
    }
    return kafka.containsKey("security.protocol")
        ? reader.inKafkasWords()
        : reader.read(SECURITY_PROTOCOL.defaultValue());
  }

  private ClientSecurity inKafkasWords() {
    options.rejectWritten(FOR_PASSWORDS, "kafka.security.protocol");
    options.rejectWritten(FOR_TLS, "kafka.security.protocol");
    options.rejectWritten(
        List.of(SASL_MECHANISM, OAUTH_TOKEN_ENDPOINT, OAUTH_SCOPE), "kafka.security.protocol");
    return new ClientSecurity.InKafkasWords();
  }

  private ClientSecurity read(SecurityProtocol protocol) {
    String reason = "%s '%s'".formatted(SECURITY_PROTOCOL.key(), protocol);
    boolean sasl =
        protocol == SecurityProtocol.SASL_PLAINTEXT || protocol == SecurityProtocol.SASL_SSL;
    boolean tls = protocol == SecurityProtocol.SASL_SSL || protocol == SecurityProtocol.MTLS;
    if (!sasl) {
      options.rejectWritten(FOR_PASSWORDS, reason);
      options.rejectWritten(List.of(SASL_MECHANISM, OAUTH_TOKEN_ENDPOINT, OAUTH_SCOPE), reason);
    }
    if (!tls) {
      options.rejectWritten(FOR_TLS, reason);
    }
    if (protocol == SecurityProtocol.MTLS) {
      options.requireFor(reason, KEYSTORE_CERTIFICATE_CHAIN);
    }
    if (options.find(KEYSTORE_CERTIFICATE_CHAIN).isEmpty()) {
      options.rejectWritten(
          List.of(KEYSTORE_KEY, KEYSTORE_KEY_PASSWORD),
          "no '%s'".formatted(KEYSTORE_CERTIFICATE_CHAIN.key()));
    }
    Sasl how = sasl ? sasl() : null;
    DeferredSecrets deferred =
        new DeferredSecrets(secrets.read(FOR_PASSWORDS, FOR_TLS), credential(), interval());
    return switch (protocol) {
      case NONE -> new ClientSecurity.None();
      case SASL_PLAINTEXT -> new ClientSecurity.SaslPlaintext(how, deferred);
      case SASL_SSL -> new ClientSecurity.SaslSsl(how, deferred);
      case MTLS -> new ClientSecurity.Mtls(deferred);
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
    options.rejectWritten(
        FOR_PASSWORDS, "OAUTHBEARER without '%s'".formatted(OAUTH_TOKEN_ENDPOINT.key()));
    return new Sasl.AzureToken(options.find(OAUTH_SCOPE));
  }

  private void requirePassword(String reason) {
    FOR_PASSWORDS.forEach(option -> options.requireFor(reason, option));
  }

  private AzureCredential credential() {
    return credential(options);
  }

  /** As whom references of a table to Key Vault are read. */
  public static AzureCredential credential(OptionReader options) {
    String written = options.get(KEY_VAULT_CREDENTIAL);
    try {
      return AzureCredential.of(written);
    } catch (IllegalArgumentException e) {
      options.reject(KEY_VAULT_CREDENTIAL, e.getMessage());
      return AzureCredential.DEFAULT;
    }
  }

  private Duration interval() {
    Duration interval = options.get(KEY_VAULT_REFRESH_INTERVAL);
    if (interval.compareTo(SHORTEST_INTERVAL) < 0) {
      options.reject(KEY_VAULT_REFRESH_INTERVAL, "must be at least 1 s");
    }
    return interval;
  }
}

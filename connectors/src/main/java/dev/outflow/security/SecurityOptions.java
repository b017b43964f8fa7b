package dev.outflow.security;

import dev.outflow.keyvault.AzureCredential;
import dev.outflow.sasl.SaslProperties;
import dev.outflow.tls.TlsProperties;
import java.time.Duration;
import java.util.Set;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;

/**
 * The options by which a Kafka output or input is secured, named as in job.yaml. Names that Azure
 * Stream Analytics' form has mean the same as there.
 */
public final class SecurityOptions {
  public static final ConfigOption<SecurityProtocol> SECURITY_PROTOCOL =
      ConfigOptions.key("security-protocol")
          .enumType(SecurityProtocol.class)
          .defaultValue(SecurityProtocol.NONE);

  public static final ConfigOption<SaslMechanism> SASL_MECHANISM =
      ConfigOptions.key("sasl-mechanism")
          .enumType(SaslMechanism.class)
          .defaultValue(SaslMechanism.PLAIN);

  public static final ConfigOption<String> USERNAME = text(SaslProperties.USERNAME);

  public static final ConfigOption<String> PASSWORD = text(SaslProperties.PASSWORD);

  public static final ConfigOption<String> OAUTH_TOKEN_ENDPOINT = text("oauth-token-endpoint");

  public static final ConfigOption<String> OAUTH_SCOPE = text("oauth-scope");

  public static final ConfigOption<String> KEY_VAULT_NAME = text("key-vault-name");

  public static final ConfigOption<String> KEY_VAULT_CREDENTIAL =
      ConfigOptions.key("key-vault-credential")
          .stringType()
          .defaultValue(AzureCredential.DEFAULT.toString());

  public static final ConfigOption<Duration> KEY_VAULT_REFRESH_INTERVAL =
      ConfigOptions.key("key-vault-refresh-interval")
          .durationType()
          .defaultValue(Duration.ofMinutes(5));

  public static final ConfigOption<String> TRUSTSTORE_CERTIFICATES =
      text(TlsProperties.TRUSTSTORE_CERTIFICATES);

  public static final ConfigOption<String> TRUSTSTORE_PASSWORD =
      text(TlsProperties.TRUSTSTORE_PASSWORD);

  public static final ConfigOption<String> KEYSTORE_CERTIFICATE_CHAIN =
      text(TlsProperties.KEYSTORE_CERTIFICATE_CHAIN);

  public static final ConfigOption<String> KEYSTORE_KEY = text(TlsProperties.KEYSTORE_KEY);

  public static final ConfigOption<String> KEYSTORE_KEY_PASSWORD =
      text(TlsProperties.KEYSTORE_KEY_PASSWORD);

  private SecurityOptions() {}

  /** All of them. */
  public static Set<ConfigOption<?>> all() {
    return Set.of(
        SECURITY_PROTOCOL,
        SASL_MECHANISM,
        USERNAME,
        PASSWORD,
        OAUTH_TOKEN_ENDPOINT,
        OAUTH_SCOPE,
        KEY_VAULT_NAME,
        KEY_VAULT_CREDENTIAL,
        KEY_VAULT_REFRESH_INTERVAL,
        TRUSTSTORE_CERTIFICATES,
        TRUSTSTORE_PASSWORD,
        KEYSTORE_CERTIFICATE_CHAIN,
        KEYSTORE_KEY,
        KEYSTORE_KEY_PASSWORD);
  }

  private static ConfigOption<String> text(String key) {
    return ConfigOptions.key(key).stringType().noDefaultValue();
  }
}

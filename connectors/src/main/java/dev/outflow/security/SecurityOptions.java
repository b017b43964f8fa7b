package dev.outflow.security;

import dev.outflow.keyvault.AzureCredential;
import dev.outflow.reference.SecretProperties;
import java.time.Duration;
import java.util.Set;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;

/**
 * The security options of Kafka outputs and inputs, named as in job.yaml. Names from Azure Stream
 * Analytics have the same meaning as there.
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

  public static final ConfigOption<String> USERNAME = text(SecretProperties.USERNAME);

  public static final ConfigOption<String> PASSWORD = text(SecretProperties.PASSWORD);

  public static final ConfigOption<String> OAUTH_TOKEN_ENDPOINT = text("oauth-token-endpoint");

  public static final ConfigOption<String> OAUTH_SCOPE = text("oauth-scope");

  public static final ConfigOption<String> KEY_VAULT_NAME = text(SecretProperties.KEY_VAULT_NAME);

  public static final ConfigOption<String> KEY_VAULT_CREDENTIAL =
      ConfigOptions.key(SecretProperties.KEY_VAULT_CREDENTIAL)
          .stringType()
          .defaultValue(AzureCredential.DEFAULT.toString());

  public static final ConfigOption<Duration> KEY_VAULT_REFRESH_INTERVAL =
      ConfigOptions.key("key-vault-refresh-interval")
          .durationType()
          .defaultValue(Duration.ofMinutes(5));

  public static final ConfigOption<String> TRUSTSTORE_CERTIFICATES =
      text(SecretProperties.TRUSTSTORE_CERTIFICATES);

  public static final ConfigOption<String> TRUSTSTORE_PASSWORD =
      text(SecretProperties.TRUSTSTORE_PASSWORD);

  public static final ConfigOption<String> KEYSTORE_CERTIFICATE_CHAIN =
      text(SecretProperties.KEYSTORE_CERTIFICATE_CHAIN);

  public static final ConfigOption<String> KEYSTORE_KEY = text(SecretProperties.KEYSTORE_KEY);

  public static final ConfigOption<String> KEYSTORE_KEY_PASSWORD =
      text(SecretProperties.KEYSTORE_KEY_PASSWORD);

  private SecurityOptions() {}

  /** Returns all options. */
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

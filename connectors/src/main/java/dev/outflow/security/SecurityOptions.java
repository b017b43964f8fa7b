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
          .defaultValue(SecurityProtocol.NONE)
          .withDescription(
              "none, sasl_plaintext (password, no encryption), sasl_ssl (password over TLS) or mtls"
                  + " (client certificate), in any case.");

  public static final ConfigOption<SaslMechanism> SASL_MECHANISM =
      ConfigOptions.key("sasl-mechanism")
          .enumType(SaslMechanism.class)
          .defaultValue(SaslMechanism.PLAIN)
          .withDescription("PLAIN, SCRAM-SHA-256, SCRAM-SHA-512 or OAUTHBEARER.");

  public static final ConfigOption<String> USERNAME =
      text(
          SaslProperties.USERNAME,
          "The user; for OAUTHBEARER with a token endpoint the client id. Usually a reference, as"
              + " ${keyvault:my-vault:user}.");

  public static final ConfigOption<String> PASSWORD =
      text(
          SaslProperties.PASSWORD,
          "The user's password; for OAUTHBEARER with a token endpoint the client secret. Usually a"
              + " reference, as ${keyvault:my-vault:password}.");

  public static final ConfigOption<String> OAUTH_TOKEN_ENDPOINT =
      text(
          "oauth-token-endpoint",
          "For OAUTHBEARER with client credentials: the URL that gives tokens. Absent: an Azure"
              + " identity, as for Event Hubs.");

  public static final ConfigOption<String> OAUTH_SCOPE =
      text(
          "oauth-scope",
          "For OAUTHBEARER: what the token is for. Default with an Azure identity: the first"
              + " broker's, as Event Hubs has it.");

  public static final ConfigOption<String> KEY_VAULT_NAME =
      text(
          "key-vault-name",
          "The Azure Key Vault that holds the secrets named by truststore-* and keystore-*: its name,"
              + " or its whole URL for other clouds.");

  public static final ConfigOption<String> KEY_VAULT_CREDENTIAL =
      ConfigOptions.key("key-vault-credential")
          .stringType()
          .defaultValue(AzureCredential.DEFAULT.toString())
          .withDescription(
              "As whom Key Vault is read and Azure tokens are asked for: default (environment,"
                  + " workload identity, managed identity, az login), managed-identity,"
                  + " managed-identity:<client id or resource id>, workload-identity, environment or"
                  + " azure-cli.");

  public static final ConfigOption<Duration> KEY_VAULT_REFRESH_INTERVAL =
      ConfigOptions.key("key-vault-refresh-interval")
          .durationType()
          .defaultValue(Duration.ofMinutes(5))
          .withDescription("How often secrets are read again, beside for each new connection.");

  public static final ConfigOption<String> TRUSTSTORE_CERTIFICATES =
      text(
          TlsProperties.TRUSTSTORE_CERTIFICATES,
          "Who may have signed the broker's certificate: the name of a secret in the vault, or a"
              + " reference. PEM, or PKCS#12 or JKS in Base64. Absent: whom the JVM trusts.");

  public static final ConfigOption<String> TRUSTSTORE_PASSWORD =
      text(
          TlsProperties.TRUSTSTORE_PASSWORD,
          "The password of a truststore that is PKCS#12 or JKS: the name of a secret, or a reference.");

  public static final ConfigOption<String> KEYSTORE_CERTIFICATE_CHAIN =
      text(
          TlsProperties.KEYSTORE_CERTIFICATE_CHAIN,
          "The client's certificate and those that signed it: the name of a secret, or a reference."
              + " PEM, or PKCS#12 or JKS in Base64, which hold the key too.");

  public static final ConfigOption<String> KEYSTORE_KEY =
      text(
          TlsProperties.KEYSTORE_KEY,
          "The client's private key in PEM: the name of a secret, or a reference. Absent: beside the"
              + " chain.");

  public static final ConfigOption<String> KEYSTORE_KEY_PASSWORD =
      text(
          TlsProperties.KEYSTORE_KEY_PASSWORD,
          "The password of an encrypted key or of a store: the name of a secret, or a reference.");

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

  private static ConfigOption<String> text(String key, String description) {
    return ConfigOptions.key(key).stringType().noDefaultValue().withDescription(description);
  }
}

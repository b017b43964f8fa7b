package dev.outflow.kafka.option;

import dev.outflow.keyvault.AzureCredential;
import dev.outflow.security.SecurityOptions;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;

/** The options of the format {@code avro-confluent}, with the names of Flink's own format. */
public final class RegistryOptions {
  /** The name of the format, which prefixes its options. */
  public static final String FORMAT = "avro-confluent";

  public static final ConfigOption<String> URL =
      ConfigOptions.key("url").stringType().noDefaultValue();

  public static final ConfigOption<String> SUBJECT =
      ConfigOptions.key("subject").stringType().noDefaultValue();

  public static final ConfigOption<String> USER_INFO =
      ConfigOptions.key("basic-auth.user-info").stringType().noDefaultValue();

  public static final ConfigOption<String> USER_SOURCE =
      ConfigOptions.key("basic-auth.credentials-source").stringType().noDefaultValue();

  public static final ConfigOption<String> TOKEN =
      ConfigOptions.key("bearer-auth.token").stringType().noDefaultValue();

  public static final ConfigOption<String> TOKEN_SOURCE =
      ConfigOptions.key("bearer-auth.credentials-source").stringType().noDefaultValue();

  public static final ConfigOption<String> KEY_VAULT_CREDENTIAL =
      ConfigOptions.key(SecurityOptions.KEY_VAULT_CREDENTIAL.key())
          .stringType()
          .defaultValue(AzureCredential.DEFAULT.toString());

  private RegistryOptions() {}
}

package dev.outflow.kafka.option;

import dev.outflow.keyvault.AzureCredential;
import dev.outflow.security.SecurityOptions;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;

/** The options of the format {@code avro-confluent}, called as in Flink's own of that name. */
public final class RegistryOptions {
  /** What their names begin with: the name of the format. */
  public static final String FORMAT = "avro-confluent";

  public static final ConfigOption<String> URL =
      ConfigOptions.key("url")
          .stringType()
          .noDefaultValue()
          .withDescription("Where the schema registry is; several separated by commas.");

  public static final ConfigOption<String> SUBJECT =
      ConfigOptions.key("subject")
          .stringType()
          .noDefaultValue()
          .withDescription("Under which the schema is registered. A Kafka output: TOPIC-value.");

  public static final ConfigOption<String> USER_INFO =
      ConfigOptions.key("basic-auth.user-info")
          .stringType()
          .noDefaultValue()
          .withDescription("user:password, if the registry asks for them.");

  public static final ConfigOption<String> USER_SOURCE =
      ConfigOptions.key("basic-auth.credentials-source")
          .stringType()
          .noDefaultValue()
          .withDescription("Not needed: it follows from what is written.");

  public static final ConfigOption<String> TOKEN =
      ConfigOptions.key("bearer-auth.token")
          .stringType()
          .noDefaultValue()
          .withDescription("A token, if the registry asks for one.");

  public static final ConfigOption<String> TOKEN_SOURCE =
      ConfigOptions.key("bearer-auth.credentials-source")
          .stringType()
          .noDefaultValue()
          .withDescription("Not needed: it follows from what is written.");

  public static final ConfigOption<String> KEY_VAULT_CREDENTIAL =
      ConfigOptions.key(SecurityOptions.KEY_VAULT_CREDENTIAL.key())
          .stringType()
          .defaultValue(AzureCredential.DEFAULT.toString())
          .withDescription("As whom references to Key Vault are read. A Kafka table: as its own.");

  private RegistryOptions() {}
}

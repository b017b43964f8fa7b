package dev.outflow.security;

import static dev.outflow.security.SecurityOptions.KEY_VAULT_NAME;

import dev.outflow.keyvault.KeyVaultAddress;
import dev.outflow.option.OptionReader;
import dev.outflow.reference.SecretProperties;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.configuration.ConfigOption;

/**
 * Reads options that contain or name secrets. Names of secrets become references: {@code
 * truststore-certificates: kafka-ca} with {@code key-vault-name: my-vault} is {@code
 * ${keyvault:my-vault:kafka-ca}}.
 */
record SecretReader(OptionReader options) {
  /**
   * Returns values and references by option.
   *
   * @param values options with a value or a reference
   * @param named options with the name of a secret, a reference or PEM
   */
  Map<String, String> read(List<ConfigOption<String>> values, List<ConfigOption<String>> named) {
    Map<String, String> secrets = new HashMap<>();
    values.forEach(
        option -> options.find(option).ifPresent(value -> secrets.put(option.key(), value)));
    Optional<String> vault = options.find(KEY_VAULT_NAME);
    vault.ifPresent(this::check);
    named.forEach(
        option ->
            options
                .find(option)
                .ifPresent(value -> secrets.put(option.key(), reference(option, value, vault))));
    return secrets;
  }

  private void check(String vault) {
    try {
      KeyVaultAddress.of(vault);
    } catch (IllegalArgumentException e) {
      options.reject(KEY_VAULT_NAME, e.getMessage());
    }
  }

  private String reference(ConfigOption<String> option, String value, Optional<String> vault) {
    try {
      return SecretProperties.reference(value, vault, KEY_VAULT_NAME.key());
    } catch (IllegalArgumentException e) {
      options.reject(option, e.getMessage());
      return value;
    }
  }
}

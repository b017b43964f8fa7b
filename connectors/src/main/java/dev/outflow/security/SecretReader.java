package dev.outflow.security;

import static dev.outflow.security.SecurityOptions.KEY_VAULT_NAME;

import dev.outflow.keyvault.KeyVault;
import dev.outflow.keyvault.KeyVaultAddress;
import dev.outflow.option.OptionReader;
import dev.outflow.reference.References;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.configuration.ConfigOption;

/**
 * Makes references of what names secrets: {@code truststore-certificates: kafka-ca} with {@code
 * key-vault-name: my-vault} is {@code ${keyvault:my-vault:kafka-ca}}.
 */
record SecretReader(OptionReader options) {
  private static final String PEM = "-----BEGIN ";

  /**
   * Values by property.
   *
   * @param values are what they say, be it themselves or references
   * @param named are names of secrets, unless they are references or PEM
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
    if (References.isIn(value) || value.contains(PEM)) {
      return value;
    }
    if (vault.isEmpty()) {
      options.reject(
          option,
          "names a secret, but '%s' is not set; set it, or write a reference such as ${dir:/etc/certs:ca.pem}"
              .formatted(KEY_VAULT_NAME.key()));
    } else if (!KeyVault.isSecretName(value)) {
      options.reject(
          option,
          "is no name of a secret in Key Vault, which has letters, digits and '-' only; write such a name, a reference or PEM");
    }
    return "${keyvault:%s:%s}".formatted(vault.orElse(""), value);
  }
}

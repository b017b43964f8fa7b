package dev.outflow.reference;

import dev.outflow.keyvault.AzureCredential;
import dev.outflow.keyvault.KeyVaultAddress;
import dev.outflow.keyvault.KeyVaultConfigProvider;
import dev.outflow.secret.SecretException;
import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.ConfigTransformer;
import org.apache.kafka.common.config.provider.ConfigProvider;

/**
 * {@code ${env:NAME}}, {@code ${file:path:key}}, {@code ${dir:folder:file}} and {@code
 * ${keyvault:vault:secret}} in the values of properties (KIP-297, KIP-421).
 *
 * @param credential as whom Key Vault is read
 */
public record References(AzureCredential credential) {
  private static final Pattern REFERENCE = ConfigTransformer.DEFAULT_PATTERN;
  private static final String PROVIDERS = AbstractConfig.CONFIG_PROVIDERS_CONFIG;

  /** Whether any part of a value is a reference. */
  public static boolean isIn(String value) {
    return REFERENCE.matcher(value).find();
  }

  /** Whether a value is one reference and nothing else, so that anyone may see it. */
  public static boolean isAllOf(String value) {
    return REFERENCE.matcher(value).matches();
  }

  /**
   * Reads what {@code properties} refer to: from this process's environment, its files, and as its
   * identity.
   *
   * @throws SecretException naming the property whose reference leads to nothing
   */
  public Map<String, String> read(Map<String, String> properties) {
    Map<String, String> read = new HashMap<>();
    properties.forEach((property, value) -> read.put(property, read(property, value)));
    return read;
  }

  private String read(String property, String value) {
    try {
      return REFERENCE
          .matcher(value)
          .replaceAll(reference -> Matcher.quoteReplacement(lookUp(reference)));
    } catch (SecretException e) {
      throw e.about(property);
    } catch (ConfigException e) {
      throw new SecretException(property, e.getMessage());
    }
  }

  private String lookUp(MatchResult reference) {
    ReferenceSource source =
        ReferenceSource.named(reference.group(1))
            .orElseThrow(
                () ->
                    new SecretException(
                        "%s: there is no '%s' to refer to; there are %s"
                            .formatted(
                                reference.group(), reference.group(1), ReferenceSource.names())));
    source
        .forbidden()
        .ifPresent(
            message -> {
              throw new SecretException(message);
            });
    String path = reference.group(3) == null ? "" : reference.group(3);
    String key = reference.group(4);
    try (ConfigProvider provider = open(source)) {
      return Optional.ofNullable(provider.get(path, Set.of(key)).data().get(key))
          .orElseThrow(() -> new SecretException(source.missing(path, key)));
    } catch (IOException e) {
      throw new SecretException(reference.group() + " cannot be read: " + e.getMessage());
    }
  }

  private ConfigProvider open(ReferenceSource source) {
    try {
      ConfigProvider provider = source.provider().getDeclaredConstructor().newInstance();
      provider.configure(Map.of(KeyVaultConfigProvider.CREDENTIAL, credential.toString()));
      return provider;
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("Kafka's config providers have no public constructor", e);
    }
  }

  /** The vaults that {@code values} refer to; what names none is told when it is read. */
  public static Set<KeyVaultAddress> keyVaults(Collection<String> values) {
    Set<KeyVaultAddress> vaults = new LinkedHashSet<>();
    values.stream()
        .flatMap(value -> REFERENCE.matcher(value).results())
        .filter(it -> it.group(1).equals(ReferenceSource.KEYVAULT.toString()))
        .forEach(
            it -> {
              try {
                vaults.add(
                    KeyVaultConfigProvider.vaultOf(
                        it.group(3) == null ? "" : it.group(3), it.group(4)));
              } catch (IllegalArgumentException e) {
                // Told when it is read.
              }
            });
    return vaults;
  }

  /**
   * What forbids, in this JVM, to read what {@code values} refer to; see {@link ReferenceSource}.
   */
  public static Optional<String> forbidden(Collection<String> values) {
    return values.stream()
        .flatMap(value -> REFERENCE.matcher(value).results())
        .flatMap(reference -> ReferenceSource.named(reference.group(1)).stream())
        .flatMap(source -> source.forbidden().stream())
        .findFirst();
  }

  /**
   * By which properties a Kafka client finds the providers itself; none if no value refers to any.
   *
   * @param properties all properties of the client; providers of the user's own there are kept
   */
  public Map<String, String> clientProperties(Map<String, String> properties) {
    if (properties.values().stream().noneMatch(References::isIn)) {
      return Map.of();
    }
    Map<String, String> added = new HashMap<>();
    Set<String> names = new LinkedHashSet<>();
    for (ReferenceSource source : ReferenceSource.values()) {
      names.add(source.toString());
      added.put(PROVIDERS + "." + source + ".class", source.provider().getName());
    }
    added.put(
        PROVIDERS + ".keyvault.param." + KeyVaultConfigProvider.CREDENTIAL, credential.toString());
    if (properties.containsKey(PROVIDERS)) {
      names.addAll(List.of(properties.get(PROVIDERS).split("\\s*,\\s*")));
    }
    added.keySet().removeAll(properties.keySet());
    added.put(PROVIDERS, String.join(",", names));
    return added;
  }
}

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
import java.util.Objects;
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
 * Resolves {@code ${env:NAME}}, {@code ${env:NAME:-default}}, {@code ${file:path:key}}, {@code
 * ${dir:folder:file}} and {@code ${keyvault:vault:secret}} in the values of properties (KIP-297,
 * KIP-421). A resolved value is never resolved again, even if it looks like a reference. A byte
 * order mark at the beginning of a file or secret and line ends at its end are removed.
 *
 * @param credential the Azure identity that reads Key Vault
 */
public record References(AzureCredential credential) {
  private static final Pattern REFERENCE = ConfigTransformer.DEFAULT_PATTERN;
  private static final Pattern DEFAULT = Pattern.compile("\\$\\{env:[^:}]+:-");
  private static final String PROVIDERS = AbstractConfig.CONFIG_PROVIDERS_CONFIG;

  /**
   * Keeps the providers of {@link #withProviders} apart from references that Kafka must not see.
   */
  private static final String PROVIDER_PREFIX = "outflow-";

  /** Returns whether a value contains a reference. */
  public static boolean isIn(String value) {
    return REFERENCE.matcher(value).find();
  }

  /** Returns whether a value is exactly one reference, which anyone is allowed to see. */
  public static boolean isReference(String value) {
    return REFERENCE.matcher(value).matches() && !hasDefault(value);
  }

  /** Returns whether a value contains a reference with a default, which can be a secret. */
  public static boolean hasDefault(String value) {
    return DEFAULT.matcher(value).find();
  }

  /**
   * Returns the properties with their references resolved, from the environment, the files and the
   * Azure identity of this process.
   *
   * @throws SecretException naming the property whose reference cannot be resolved
   */
  public Map<String, String> resolve(Map<String, String> properties) {
    Map<String, String> resolved = new HashMap<>();
    properties.forEach((property, value) -> resolved.put(property, resolve(property, value)));
    return resolved;
  }

  /**
   * Returns the value of one property with its references resolved.
   *
   * @throws SecretException naming the property if a reference cannot be resolved
   */
  public String resolve(String property, String value) {
    try {
      return REFERENCE
          .matcher(value)
          .replaceAll(reference -> Matcher.quoteReplacement(resolve(reference)));
    } catch (SecretException e) {
      throw e.forProperty(property);
    } catch (ConfigException e) {
      throw new SecretException(property, e.getMessage());
    }
  }

  private String resolve(MatchResult reference) {
    String name = reference.group(1);
    ReferenceType type =
        ReferenceType.named(name)
            .orElseThrow(
                () ->
                    new SecretException(
                        "unknown reference type '%s'; expected one of %s"
                            .formatted(name, ReferenceType.names())));
    type.disallowed()
        .ifPresent(
            message -> {
              throw new SecretException(message);
            });
    String path = path(reference);
    String key = reference.group(4);
    try (ConfigProvider provider = open(type)) {
      List<String> keys = type.keys(key);
      Map<String, String> found = provider.get(path, Set.copyOf(keys)).data();
      return keys.stream()
          .map(found::get)
          .filter(Objects::nonNull)
          .findFirst()
          .map(SecretText::trimmed)
          .orElseThrow(() -> new SecretException(type.notFound(path, key)));
    } catch (ConfigException e) {
      throw type.file(path, key)
          .flatMap(SecretText::explain)
          .map(SecretException::new)
          .orElseThrow(() -> e);
    } catch (IOException e) {
      throw new SecretException("cannot read %s: %s".formatted(reference.group(), e.getMessage()));
    }
  }

  private static String path(MatchResult reference) {
    return reference.group(3) == null ? "" : reference.group(3);
  }

  private ConfigProvider open(ReferenceType type) {
    try {
      ConfigProvider provider = type.provider().getDeclaredConstructor().newInstance();
      provider.configure(Map.of(KeyVaultConfigProvider.CREDENTIAL, credential.toString()));
      return provider;
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("Kafka's config providers have no public constructor", e);
    }
  }

  /** Returns whether a value contains a reference of one of these types or providers. */
  static boolean isIn(String value, Collection<String> names) {
    return REFERENCE.matcher(value).results().anyMatch(found -> names.contains(found.group(1)));
  }

  /** Returns the vaults that {@code values} refer to; invalid ones are reported when resolved. */
  public static Set<KeyVaultAddress> keyVaults(Collection<String> values) {
    Set<KeyVaultAddress> vaults = new LinkedHashSet<>();
    values.stream()
        .flatMap(value -> REFERENCE.matcher(value).results())
        .filter(reference -> reference.group(1).equals(ReferenceType.KEYVAULT.toString()))
        .forEach(
            reference -> {
              try {
                vaults.add(KeyVaultConfigProvider.vaultOf(path(reference), reference.group(4)));
              } catch (IllegalArgumentException e) {
                // Reported when it is resolved.
              }
            });
    return vaults;
  }

  /**
   * Returns why this JVM does not allow a reference in {@code values}, and what to do; empty if it
   * allows all of them (KAFKA-14904).
   */
  public static Optional<String> disallowed(Collection<String> values) {
    return values.stream()
        .flatMap(value -> REFERENCE.matcher(value).results())
        .map(reference -> reference.group(1).replaceFirst("^" + PROVIDER_PREFIX, ""))
        .flatMap(name -> ReferenceType.named(name).stream())
        .flatMap(type -> type.disallowed().stream())
        .findFirst();
  }

  /**
   * Returns the properties of a Kafka client with the config providers by which Kafka resolves the
   * references among them. Kafka resolves a reference once, when the client starts; those of {@link
   * SecretProperties} have to stay references. So the providers have names of their own, and all
   * references but those are changed to these names. Providers that the user has configured are
   * kept.
   */
  public Map<String, String> withProviders(Map<String, String> client) {
    Map<String, String> all = new HashMap<>(client);
    String configured = client.getOrDefault(PROVIDERS, "").strip();
    List<String> configuredNames = List.of(configured.split("\\s*,\\s*"));
    Set<String> providers = new LinkedHashSet<>();
    client.forEach(
        (key, value) -> {
          if (!key.startsWith(SecretProperties.PREFIX)) {
            all.put(key, renamed(value, configuredNames, providers));
          }
        });
    if (providers.isEmpty()) {
      return all;
    }
    for (String name : providers) {
      String provider = PROVIDERS + "." + name;
      ReferenceType type =
          ReferenceType.named(name.substring(PROVIDER_PREFIX.length())).orElseThrow();
      all.put(provider + ".class", type.provider().getName());
      if (type == ReferenceType.KEYVAULT) {
        all.put(provider + ".param." + KeyVaultConfigProvider.CREDENTIAL, credential.toString());
      }
    }
    if (!configured.isEmpty()) {
      providers.addAll(configuredNames);
    }
    all.put(PROVIDERS, String.join(",", providers));
    return all;
  }

  private static String renamed(String value, List<String> configured, Set<String> providers) {
    return REFERENCE
        .matcher(value)
        .replaceAll(
            reference -> {
              String name = reference.group(1);
              if (configured.contains(name) || ReferenceType.named(name).isEmpty()) {
                return Matcher.quoteReplacement(reference.group());
              }
              providers.add(PROVIDER_PREFIX + name);
              return Matcher.quoteReplacement(
                  "${" + PROVIDER_PREFIX + reference.group().substring("${".length()));
            });
  }
}

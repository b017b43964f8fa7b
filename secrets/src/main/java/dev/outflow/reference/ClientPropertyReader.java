package dev.outflow.reference;

import static dev.outflow.reference.SecretProperties.KEYSTORE_CERTIFICATE_CHAIN;
import static dev.outflow.reference.SecretProperties.KEYSTORE_KEY;
import static dev.outflow.reference.SecretProperties.KEYSTORE_KEY_PASSWORD;
import static dev.outflow.reference.SecretProperties.KEY_VAULT_CREDENTIAL;
import static dev.outflow.reference.SecretProperties.KEY_VAULT_NAME;
import static dev.outflow.reference.SecretProperties.MIN_REFRESH_INTERVAL;
import static dev.outflow.reference.SecretProperties.PASSWORD;
import static dev.outflow.reference.SecretProperties.PREFIX;
import static dev.outflow.reference.SecretProperties.REFRESH_INTERVAL_MS;
import static dev.outflow.reference.SecretProperties.TRUSTSTORE_CERTIFICATES;
import static dev.outflow.reference.SecretProperties.TRUSTSTORE_PASSWORD;
import static dev.outflow.reference.SecretProperties.USERNAME;

import dev.outflow.keyvault.AzureCredential;
import dev.outflow.keyvault.KeyVaultAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.types.Password;

/** Reads {@link SecretProperties} from the configuration of a Kafka client, with all problems. */
final class ClientPropertyReader {
  private static final Set<String> NAMED =
      Set.of(
          TRUSTSTORE_CERTIFICATES,
          TRUSTSTORE_PASSWORD,
          KEYSTORE_CERTIFICATE_CHAIN,
          KEYSTORE_KEY,
          KEYSTORE_KEY_PASSWORD);
  private static final Set<String> ALL = new TreeSet<>(NAMED);
  private static final Duration DEFAULT_REFRESH_INTERVAL = Duration.ofMinutes(5);
  private static final int LONGEST_SECRET_NAME = 127;

  static {
    ALL.addAll(
        Set.of(USERNAME, PASSWORD, KEY_VAULT_NAME, KEY_VAULT_CREDENTIAL, REFRESH_INTERVAL_MS));
  }

  private final Map<String, String> written = new TreeMap<>();
  private final Set<String> kafkasProviders = new HashSet<>();
  private final Set<String> problems = new TreeSet<>();

  ClientPropertyReader(Map<String, ?> client) {
    client.forEach(
        (key, value) -> {
          if (key.startsWith(PREFIX) && value != null) {
            written.put(key.substring(PREFIX.length()), text(value));
          }
        });
    Object providers = client.get(AbstractConfig.CONFIG_PROVIDERS_CONFIG);
    if (providers instanceof List<?> names) {
      names.forEach(name -> kafkasProviders.add(String.valueOf(name)));
    } else if (providers != null) {
      kafkasProviders.addAll(List.of(text(providers).strip().split("\\s*,\\s*")));
    }
  }

  private static String text(Object value) {
    return value instanceof Password password ? password.value() : String.valueOf(value);
  }

  /**
   * Returns all secrets of the client.
   *
   * @throws ConfigException with all problems
   */
  SecretProperties read(Set<String> required) {
    written.keySet().stream()
        .filter(name -> !ALL.contains(name))
        .forEach(name -> reject(name, "unknown property; expected one of " + expected()));
    required.stream()
        .filter(name -> written.getOrDefault(name, "").isBlank())
        .forEach(name -> reject(name, "is required"));
    if (!written.containsKey(KEYSTORE_CERTIFICATE_CHAIN)) {
      Set.of(KEYSTORE_KEY, KEYSTORE_KEY_PASSWORD).stream()
          .filter(written::containsKey)
          .forEach(
              name -> reject(name, "has no effect without " + PREFIX + KEYSTORE_CERTIFICATE_CHAIN));
    }
    Set<String> literals = new HashSet<>();
    Map<String, String> values = new HashMap<>();
    Optional<String> vault = vault();
    for (String name : written.keySet()) {
      String value = written.get(name);
      if (References.isIn(value, kafkasProviders)) {
        literals.add(name);
      }
      if (NAMED.contains(name)) {
        values.put(name, named(name, value, vault));
      } else if (name.equals(USERNAME) || name.equals(PASSWORD)) {
        values.put(name, value);
      }
    }
    AzureCredential credential = credential();
    Duration refreshInterval = refreshInterval();
    if (!problems.isEmpty()) {
      throw new ConfigException(String.join("\n", problems));
    }
    return new SecretProperties(values, literals, credential, refreshInterval);
  }

  /**
   * Without a vault, a password or a Base64 store is taken as it is: Kafka may have resolved it.
   */
  private String named(String name, String value, Optional<String> vault) {
    boolean isPassword = name.equals(TRUSTSTORE_PASSWORD) || name.equals(KEYSTORE_KEY_PASSWORD);
    if (vault.isEmpty() && (isPassword || value.length() > LONGEST_SECRET_NAME)) {
      return value;
    }
    try {
      return SecretProperties.reference(value, vault, PREFIX + KEY_VAULT_NAME);
    } catch (IllegalArgumentException e) {
      reject(name, e.getMessage());
      return value;
    }
  }

  private Optional<String> vault() {
    Optional<String> vault = Optional.ofNullable(written.get(KEY_VAULT_NAME));
    try {
      vault.ifPresent(KeyVaultAddress::of);
    } catch (IllegalArgumentException e) {
      reject(KEY_VAULT_NAME, e.getMessage());
    }
    return vault;
  }

  private AzureCredential credential() {
    try {
      return AzureCredential.of(
          written.getOrDefault(KEY_VAULT_CREDENTIAL, AzureCredential.DEFAULT.toString()));
    } catch (IllegalArgumentException e) {
      reject(KEY_VAULT_CREDENTIAL, e.getMessage());
      return AzureCredential.DEFAULT;
    }
  }

  private Duration refreshInterval() {
    String interval = written.get(REFRESH_INTERVAL_MS);
    if (interval == null) {
      return DEFAULT_REFRESH_INTERVAL;
    }
    try {
      Duration parsed = Duration.ofMillis(Long.parseLong(interval.strip()));
      if (parsed.compareTo(MIN_REFRESH_INTERVAL) >= 0) {
        return parsed;
      }
    } catch (NumberFormatException e) {
      // Reported below.
    }
    reject(REFRESH_INTERVAL_MS, "must be a number of milliseconds, at least 1000");
    return DEFAULT_REFRESH_INTERVAL;
  }

  private static String expected() {
    return PREFIX + String.join(", " + PREFIX, ALL);
  }

  private void reject(String name, String message) {
    problems.add("%s%s: %s".formatted(PREFIX, name, message));
  }
}

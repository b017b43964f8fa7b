package dev.outflow.reference;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.config.ConfigData;
import org.apache.kafka.common.config.provider.ConfigProvider;

/**
 * Resolves {@code ${env:NAME}} as Kafka's own provider does (KIP-887), and {@code
 * ${env:NAME:-default}} as shells do: the default applies if the variable is not set or empty.
 * Kafka's syntax takes {@code NAME} for a path then, and {@code -default} for a key.
 */
public final class EnvironmentConfigProvider implements ConfigProvider {
  private static final String DEFAULT = "-";

  @Override
  public void configure(Map<String, ?> configs) {}

  @Override
  public ConfigData get(String path) {
    return new ConfigData(path.isEmpty() ? System.getenv() : Map.of());
  }

  /** Leaves out what is not set. */
  @Override
  public ConfigData get(String path, Set<String> keys) {
    Map<String, String> found = new HashMap<>();
    for (String key : keys) {
      value(path, key).ifPresent(value -> found.put(key, value));
    }
    return new ConfigData(found);
  }

  private static Optional<String> value(String path, String key) {
    if (path.isEmpty()) {
      return Optional.ofNullable(System.getenv(key));
    }
    if (!key.startsWith(DEFAULT)) {
      return Optional.empty();
    }
    return Optional.ofNullable(System.getenv(path))
        .filter(value -> !value.isEmpty())
        .or(() -> Optional.of(key.substring(DEFAULT.length())));
  }

  @Override
  public void close() {}
}

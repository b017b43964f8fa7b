package dev.outflow.reference;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.config.ConfigData;
import org.apache.kafka.common.config.provider.ConfigProvider;
import org.apache.kafka.common.config.provider.EnvVarConfigProvider;

/**
 * Resolves {@code ${env:NAME}} with Kafka's own provider (KIP-887), and {@code
 * ${env:NAME:-default}} as shells do: the default applies if the variable is not set or empty.
 * Kafka's syntax takes {@code NAME} for a path then, and {@code -default} for a key.
 */
public final class EnvironmentConfigProvider implements ConfigProvider {
  private static final String DEFAULT = "-";

  private final EnvVarConfigProvider variables = new EnvVarConfigProvider();

  @Override
  public void configure(Map<String, ?> configs) {
    variables.configure(configs);
  }

  @Override
  public ConfigData get(String path) {
    return variables.get(path);
  }

  /** Leaves out variables that are not set. */
  @Override
  public ConfigData get(String path, Set<String> keys) {
    if (path.isEmpty()) {
      return variables.get(path, keys);
    }
    Map<String, String> found = new HashMap<>();
    for (String key : keys) {
      if (key.startsWith(DEFAULT)) {
        found.put(key, variable(path).orElse(key.substring(DEFAULT.length())));
      }
    }
    return new ConfigData(found);
  }

  private Optional<String> variable(String name) {
    return Optional.ofNullable(variables.get("", Set.of(name)).data().get(name))
        .filter(value -> !value.isEmpty());
  }

  @Override
  public void close() {}
}

package dev.outflow.reference;

import static java.util.stream.Collectors.joining;

import dev.outflow.keyvault.KeyVaultConfigProvider;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.provider.ConfigProvider;
import org.apache.kafka.common.config.provider.DirectoryConfigProvider;
import org.apache.kafka.common.config.provider.FileConfigProvider;

/** The types of references, each resolved by a Kafka config provider. */
enum ReferenceType {
  /** {@code ${env:NAME}} or {@code ${env:NAME:-default}}: an environment variable. */
  ENV(EnvironmentConfigProvider.class) {
    @Override
    String notFound(String path, String key) {
      return path.isEmpty()
          ? "environment variable %s is not set in this process".formatted(key)
          : "'${env:%s:%s}' is not a valid reference; expected ${env:NAME} or ${env:NAME:-default}"
              .formatted(path, key);
    }
  },

  /** {@code ${file:path:key}}: a key of a properties file, with Java's escapes. */
  FILE(FileConfigProvider.class) {
    @Override
    String notFound(String path, String key) {
      return path.isEmpty()
          ? "'${file:%s}' has no key; use ${file:path:key} for a key of a properties file, or ${dir:folder:file} for a whole file"
              .formatted(key)
          : "the properties file %s has no key '%s'".formatted(path, key);
    }

    /** A byte order mark is part of the first key. */
    @Override
    List<String> keys(String key) {
      return List.of(key, SecretText.BYTE_ORDER_MARK + key);
    }

    @Override
    Optional<Path> file(String path, String key) {
      return Optional.of(Path.of(path));
    }
  },

  /** {@code ${dir:folder:file}}: a whole file, as Kubernetes mounts secrets. */
  DIR(DirectoryConfigProvider.class) {
    @Override
    String notFound(String path, String key) {
      return "file '%s' not found in folder '%s'".formatted(key, path);
    }

    @Override
    Optional<Path> file(String path, String key) {
      return Optional.of(Path.of(path, key));
    }
  },

  /** {@code ${keyvault:vault:secret}}: a secret of Azure Key Vault. */
  KEYVAULT(KeyVaultConfigProvider.class) {
    @Override
    String notFound(String path, String key) {
      return "secret '%s' not found in %s".formatted(key, path);
    }
  };

  private static final String ALLOWED = AbstractConfig.AUTOMATIC_CONFIG_PROVIDERS_PROPERTY;

  private final Class<? extends ConfigProvider> provider;

  ReferenceType(Class<? extends ConfigProvider> provider) {
    this.provider = provider;
  }

  static Optional<ReferenceType> named(String name) {
    return Arrays.stream(values()).filter(type -> type.toString().equals(name)).findFirst();
  }

  /** Returns all names, separated by commas, for messages. */
  static String names() {
    return Arrays.stream(values()).map(ReferenceType::toString).collect(joining(", "));
  }

  /** Returns why a reference of this type cannot be resolved. */
  abstract String notFound(String path, String key);

  /** Returns the keys under which the provider can find the value, best first. */
  List<String> keys(String key) {
    return List.of(key);
  }

  /** Returns the file that a reference of this type is read from, if it is one. */
  Optional<Path> file(String path, String key) {
    return Optional.empty();
  }

  Class<? extends ConfigProvider> provider() {
    return provider;
  }

  /**
   * Returns what to do if this JVM does not allow clients to configure this provider (KAFKA-14904);
   * empty if it does.
   */
  Optional<String> disallowed() {
    String allowed = System.getProperty(ALLOWED);
    if (allowed == null || List.of(allowed.split("\\s*,\\s*")).contains(provider.getName())) {
      return Optional.empty();
    }
    return Optional.of(
        "-D%s=%s of this JVM does not allow ${%s:...}; add %s to it (in Flink's env.java.opts.all for JobManager and TaskManagers)"
            .formatted(ALLOWED, allowed, this, provider.getName()));
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}

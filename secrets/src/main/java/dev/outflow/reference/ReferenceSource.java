package dev.outflow.reference;

import static java.util.stream.Collectors.joining;

import dev.outflow.keyvault.KeyVaultConfigProvider;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.provider.ConfigProvider;
import org.apache.kafka.common.config.provider.DirectoryConfigProvider;
import org.apache.kafka.common.config.provider.EnvVarConfigProvider;
import org.apache.kafka.common.config.provider.FileConfigProvider;

/** What a reference can refer to, each with Kafka's config provider for it. */
enum ReferenceSource {
  /** {@code ${env:NAME}}: an environment variable. */
  ENV(EnvVarConfigProvider.class) {
    @Override
    String missing(String path, String key) {
      return "there is no environment variable %s in this process".formatted(key);
    }
  },

  /** {@code ${file:path:key}}: a key of a properties file. */
  FILE(FileConfigProvider.class) {
    @Override
    String missing(String path, String key) {
      return path.isEmpty()
          ? "'${file:%s}' names no key; write ${file:path:key} for a key of a properties file, or ${dir:folder:file} for a whole file"
              .formatted(key)
          : "there is no key '%s' in the properties file %s".formatted(key, path);
    }
  },

  /** {@code ${dir:folder:file}}: a whole file, as Kubernetes mounts secrets. */
  DIR(DirectoryConfigProvider.class) {
    @Override
    String missing(String path, String key) {
      return "there is no file '%s' in the folder '%s'".formatted(key, path);
    }
  },

  /** {@code ${keyvault:vault:secret}}. */
  KEYVAULT(KeyVaultConfigProvider.class) {
    @Override
    String missing(String path, String key) {
      return "there is no secret '%s' in %s".formatted(key, path);
    }
  };

  private static final String ALLOWED = AbstractConfig.AUTOMATIC_CONFIG_PROVIDERS_PROPERTY;

  private final Class<? extends ConfigProvider> provider;

  ReferenceSource(Class<? extends ConfigProvider> provider) {
    this.provider = provider;
  }

  /** The source of this name, if there is one. */
  static Optional<ReferenceSource> named(String name) {
    return Arrays.stream(values()).filter(each -> each.toString().equals(name)).findFirst();
  }

  /** All names, for messages. */
  static String names() {
    return Arrays.stream(values()).map(ReferenceSource::toString).collect(joining(", "));
  }

  /** Why a reference leads to nothing. */
  abstract String missing(String path, String key);

  Class<? extends ConfigProvider> provider() {
    return provider;
  }

  /**
   * If this JVM was hardened against config providers that clients name (KAFKA-14904): what to do.
   */
  Optional<String> forbidden() {
    String allowed = System.getProperty(ALLOWED);
    if (allowed == null || List.of(allowed.split("\\s*,\\s*")).contains(provider.getName())) {
      return Optional.empty();
    }
    return Optional.of(
        "this JVM forbids ${%s:...} by -D%s=%s; add %s to that list on every JobManager and TaskManager (Flink's env.java.opts.all)"
            .formatted(this, ALLOWED, allowed, provider.getName()));
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}

package dev.outflow.security;

import dev.outflow.kafka.client.ClientGeneration;
import dev.outflow.reference.SecretProperties;
import dev.outflow.tls.KeyVaultTruststoreInitializer;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.SslConfigs;
import org.apache.kafka.common.security.auth.SecurityProtocol;

/**
 * How connections to Kafka are secured: one variant for each {@code security-protocol}, and one for
 * security that is configured by Kafka's own properties.
 */
public sealed interface ClientSecurity {
  /** Returns the properties of a Kafka client; a secret only if it was written as plain text. */
  Map<String, String> clientProperties();

  /** Returns the SASL authentication, if the protocol uses SASL. */
  default Optional<Sasl> authentication() {
    return Optional.empty();
  }

  /** Returns the secrets that the client reads at run time, if the protocol uses secrets. */
  default Optional<SecretProperties> runtimeSecrets() {
    return Optional.empty();
  }

  /** {@code none}: neither encrypted nor authenticated. */
  record None() implements ClientSecurity {
    @Override
    public Map<String, String> clientProperties() {
      return Map.of();
    }
  }

  /** {@code kafka.security.protocol}: security by Kafka's own properties, which are not changed. */
  record PassThrough() implements ClientSecurity {
    @Override
    public Map<String, String> clientProperties() {
      return Map.of();
    }
  }

  /** A protocol that uses secrets. */
  sealed interface WithSecrets extends ClientSecurity {
    SecretProperties secrets();

    /** Kafka's name of the protocol. */
    SecurityProtocol protocol();

    @Override
    default Optional<SecretProperties> runtimeSecrets() {
      return Optional.of(secrets());
    }

    @Override
    default Map<String, String> clientProperties() {
      Map<String, String> properties = new HashMap<>(secrets().clientProperties());
      properties.put(CommonClientConfigs.SECURITY_PROTOCOL_CONFIG, protocol().name);
      if (ClientGeneration.current().hasPluginMetrics()) {
        properties.put(ProducerConfig.INTERCEPTOR_CLASSES_CONFIG, SecurityMetrics.class.getName());
      }
      authentication().ifPresent(sasl -> properties.putAll(sasl.clientProperties()));
      if (protocol() != SecurityProtocol.SASL_PLAINTEXT) {
        properties.put(
            SslConfigs.SSL_ENGINE_FACTORY_CLASS_CONFIG,
            KeyVaultTruststoreInitializer.class.getName());
      }
      return properties;
    }
  }

  /** {@code sasl_plaintext}: authenticated, not encrypted. */
  record SaslPlaintext(Sasl sasl, SecretProperties secrets) implements WithSecrets {
    @Override
    public SecurityProtocol protocol() {
      return SecurityProtocol.SASL_PLAINTEXT;
    }

    @Override
    public Optional<Sasl> authentication() {
      return Optional.of(sasl);
    }
  }

  /** {@code sasl_ssl}: authenticated, over TLS. */
  record SaslSsl(Sasl sasl, SecretProperties secrets) implements WithSecrets {
    @Override
    public SecurityProtocol protocol() {
      return SecurityProtocol.SASL_SSL;
    }

    @Override
    public Optional<Sasl> authentication() {
      return Optional.of(sasl);
    }
  }

  /** {@code mtls}: TLS with a client certificate. */
  record Mtls(SecretProperties secrets) implements WithSecrets {
    @Override
    public SecurityProtocol protocol() {
      return SecurityProtocol.SSL;
    }
  }
}

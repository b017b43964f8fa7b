package dev.outflow.security;

import dev.outflow.reference.DeferredSecrets;
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
 * those who say it in Kafka's own words.
 */
public sealed interface ClientSecurity {
  /** The properties of a Kafka client, without any secret that was written as a reference. */
  Map<String, String> clientProperties();

  /** How the client says who it is, where that is by SASL. */
  default Optional<Sasl> authentication() {
    return Optional.empty();
  }

  /** What is read where the client runs, if anything is. */
  default Optional<DeferredSecrets> deferred() {
    return Optional.empty();
  }

  /** {@code none}: neither encrypted nor authenticated. */
  record None() implements ClientSecurity {
    @Override
    public Map<String, String> clientProperties() {
      return Map.of();
    }
  }

  /** {@code kafka.security.protocol} and all that belongs to it, in Kafka's own words. */
  record InKafkasWords() implements ClientSecurity {
    @Override
    public Map<String, String> clientProperties() {
      return Map.of();
    }
  }

  /** {@code sasl_plaintext}: authenticated, not encrypted. */
  record SaslPlaintext(Sasl sasl, DeferredSecrets secrets) implements ClientSecurity {
    @Override
    public Optional<DeferredSecrets> deferred() {
      return Optional.of(secrets);
    }

    @Override
    public Optional<Sasl> authentication() {
      return Optional.of(sasl);
    }

    @Override
    public Map<String, String> clientProperties() {
      Map<String, String> properties = properties(SecurityProtocol.SASL_PLAINTEXT, secrets);
      properties.putAll(sasl.clientProperties());
      return properties;
    }
  }

  /** {@code sasl_ssl}: authenticated, over TLS. */
  record SaslSsl(Sasl sasl, DeferredSecrets secrets) implements ClientSecurity {
    @Override
    public Optional<DeferredSecrets> deferred() {
      return Optional.of(secrets);
    }

    @Override
    public Optional<Sasl> authentication() {
      return Optional.of(sasl);
    }

    @Override
    public Map<String, String> clientProperties() {
      Map<String, String> properties = properties(SecurityProtocol.SASL_SSL, secrets);
      properties.putAll(sasl.clientProperties());
      properties.putAll(TLS);
      return properties;
    }
  }

  /** {@code mtls}: TLS in which both sides show a certificate. */
  record Mtls(DeferredSecrets secrets) implements ClientSecurity {
    @Override
    public Optional<DeferredSecrets> deferred() {
      return Optional.of(secrets);
    }

    @Override
    public Map<String, String> clientProperties() {
      Map<String, String> properties = properties(SecurityProtocol.SSL, secrets);
      properties.putAll(TLS);
      return properties;
    }
  }

  /** Certificates and keys come from the references among the secrets. */
  Map<String, String> TLS =
      Map.of(
          SslConfigs.SSL_ENGINE_FACTORY_CLASS_CONFIG,
          KeyVaultTruststoreInitializer.class.getName());

  private static Map<String, String> properties(
      SecurityProtocol protocol, DeferredSecrets secrets) {
    Map<String, String> properties = new HashMap<>(secrets.clientProperties());
    properties.put(CommonClientConfigs.SECURITY_PROTOCOL_CONFIG, protocol.name);
    properties.put(ProducerConfig.INTERCEPTOR_CLASSES_CONFIG, SecurityMetrics.class.getName());
    return properties;
  }
}

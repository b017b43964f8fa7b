package dev.outflow.tls;

import dev.outflow.reference.ReloadableSecrets;
import dev.outflow.reference.SecretProperties;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import org.apache.kafka.common.config.SslConfigs;
import org.apache.kafka.common.security.auth.SslEngineFactory;

/**
 * An {@code ssl.engine.factory.class} for any Kafka client (KIP-519): truststore and keystore come
 * from Azure Key Vault, from files or from environment variables, and rotate without a restart.
 *
 * <pre>{@code
 * ssl.engine.factory.class=dev.outflow.tls.KeyVaultTruststoreInitializer
 * outflow.key-vault-name=my-vault
 * outflow.truststore-certificates=kafka-ca
 * outflow.keystore-certificate-chain=client-certificate
 * outflow.keystore-key=client-key
 * }</pre>
 *
 * <p>All properties are listed at {@link SecretProperties}; each is optional. Without {@code
 * outflow.truststore-certificates}, the JVM's truststore applies. Kafka's own {@code
 * ssl.truststore.*} and {@code ssl.keystore.*} have no effect; {@code ssl.enabled.protocols},
 * {@code ssl.cipher.suites} and {@code ssl.endpoint.identification.algorithm} do.
 *
 * <p>Nothing is written to disk. Each handshake uses secrets that were read at most 400 ms ago;
 * while they are invalid or cannot be read, the last good version stays in use.
 */
public final class KeyVaultTruststoreInitializer implements SslEngineFactory {
  private ReloadableSecrets.Lease<TlsMaterial> material;
  private String[] protocols;
  private String[] cipherSuites;

  /**
   * Reads the secrets for the first time; waits for at most 30 s.
   *
   * @throws org.apache.kafka.common.config.ConfigException with all missing or invalid properties
   * @throws dev.outflow.secret.SecretException if a secret cannot be read or is invalid
   */
  @Override
  public void configure(Map<String, ?> client) {
    protocols = list(client, SslConfigs.SSL_ENABLED_PROTOCOLS_CONFIG);
    cipherSuites = list(client, SslConfigs.SSL_CIPHER_SUITES_CONFIG);
    material =
        ReloadableSecrets.openAndRead(
            SecretProperties.of(client, TlsMaterial.PROPERTIES, Set.of()), TlsMaterial::of);
  }

  private static String[] list(Map<String, ?> client, String key) {
    return client.get(key) instanceof List<?> values && !values.isEmpty()
        ? values.toArray(String[]::new)
        : null;
  }

  @Override
  public SSLEngine createClientSslEngine(String host, int port, String endpointIdentification) {
    SSLEngine engine = sslContext().createSSLEngine(host, port);
    engine.setUseClientMode(true);
    SSLParameters parameters = engine.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm(endpointIdentification);
    if (protocols != null) {
      parameters.setProtocols(protocols);
    }
    if (cipherSuites != null) {
      parameters.setCipherSuites(cipherSuites);
    }
    engine.setSSLParameters(parameters);
    return engine;
  }

  /**
   * Returns a context for one connection, so that none resumes a session of older secrets. It also
   * makes sockets, for clients that are not Kafka's.
   */
  public SSLContext sslContext() {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(
          new KeyManager[] {new ReloadingKeyManager(material.secret())},
          new TrustManager[] {new ReloadingTrustManager(material.secret())},
          null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JVM does not support TLS", e);
    }
  }

  /** Not supported: for clients only. */
  @Override
  public SSLEngine createServerSslEngine(String host, int port) {
    throw new UnsupportedOperationException("for Kafka clients only");
  }

  @Override
  public boolean shouldBeRebuilt(Map<String, Object> nextConfigs) {
    return false;
  }

  @Override
  public Set<String> reconfigurableConfigs() {
    return Set.of();
  }

  /** Returns null: the client's key is not exposed. */
  @Override
  public KeyStore keystore() {
    return null;
  }

  /** Returns null: trust anchors change between connections. */
  @Override
  public KeyStore truststore() {
    return null;
  }

  /** Also called by Kafka after {@link #configure} has failed. */
  @Override
  public void close() {
    if (material != null) {
      material.close();
    }
  }
}

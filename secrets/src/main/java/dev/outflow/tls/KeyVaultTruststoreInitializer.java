package dev.outflow.tls;

import dev.outflow.reference.DeferredSecrets;
import dev.outflow.reference.ReloadableSecrets;
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
 * Kafka's {@code ssl.engine.factory.class} (KIP-519): reads certificates and keys from Key Vault,
 * or wherever their references lead, in the process in which the client runs.
 *
 * <p>Nothing is written to a file. Each handshake uses what is there at that moment, so a renewed
 * certificate is in use without a restart; a bad or unreachable one leaves the last good one in
 * use. The broker's certificate must be for the name by which it is addressed, unless {@code
 * kafka.ssl.endpoint.identification.algorithm} is set to empty.
 */
public final class KeyVaultTruststoreInitializer implements SslEngineFactory {
  private ReloadableSecrets.Lease<TlsMaterial> material;
  private String[] protocols;
  private String[] cipherSuites;

  /**
   * Reads everything for the first time, after 30 s at most.
   *
   * @throws dev.outflow.secret.SecretException if anything is missing or no good
   */
  @Override
  public void configure(Map<String, ?> client) {
    protocols = list(client, SslConfigs.SSL_ENABLED_PROTOCOLS_CONFIG);
    cipherSuites = list(client, SslConfigs.SSL_CIPHER_SUITES_CONFIG);
    material =
        ReloadableSecrets.openAndRead(
            DeferredSecrets.of(client).only(TlsMaterial.PROPERTIES), TlsMaterial::of);
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
          new KeyManager[] {new ReloadableIdentity(material.rotating())},
          new TrustManager[] {new ReloadableTrust(material.rotating())},
          null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JVM cannot do TLS", e);
    }
  }

  /** Not for brokers. */
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

  /** None to show: a client's key stays here. */
  @Override
  public KeyStore keystore() {
    return null;
  }

  /** None to show. */
  @Override
  public KeyStore truststore() {
    return null;
  }

  /** Kafka closes what it could not configure, too. */
  @Override
  public void close() {
    if (material != null) {
      material.close();
    }
  }
}

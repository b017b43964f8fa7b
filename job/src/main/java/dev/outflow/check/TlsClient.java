package dev.outflow.check;

import dev.outflow.tls.KeyVaultTruststoreInitializer;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.util.HashMap;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.config.SslConfigs;
import org.apache.kafka.common.security.auth.SslEngineFactory;
import org.apache.kafka.common.security.ssl.DefaultSslEngineFactory;

/** Opens TLS connections with the certificates and settings of a Kafka client. */
record TlsClient(SslEngineFactory factory, String endpointIdentification) implements AutoCloseable {
  private static final String FACTORY = SslConfigs.SSL_ENGINE_FACTORY_CLASS_CONFIG;

  /** Returns whether it can connect like the client: a user's own engine factory has no sockets. */
  static boolean supports(Map<String, String> clientProperties) {
    String factory = clientProperties.get(FACTORY);
    return factory == null || factory.equals(KeyVaultTruststoreInitializer.class.getName());
  }

  /**
   * Reads the certificates.
   *
   * @throws dev.outflow.secret.SecretException if certificates or keys cannot be used
   */
  static TlsClient of(Map<String, String> clientProperties) {
    AdminClientConfig config = new AdminClientConfig(new HashMap<>(clientProperties));
    SslEngineFactory factory =
        config.getClass(FACTORY) == null
            ? new DefaultSslEngineFactory()
            : new KeyVaultTruststoreInitializer();
    Map<String, Object> properties = new HashMap<>(config.originals());
    properties.putAll(config.values());
    factory.configure(properties);
    return new TlsClient(
        factory, config.getString(SslConfigs.SSL_ENDPOINT_IDENTIFICATION_ALGORITHM_CONFIG));
  }

  /**
   * Performs the TLS handshake over an open connection.
   *
   * @throws SSLException if one side rejects the other
   * @throws IOException if the connection fails
   */
  SSLSocket handshake(Socket connection, BrokerAddress broker) throws IOException {
    SSLSocket socket =
        (SSLSocket)
            context()
                .getSocketFactory()
                .createSocket(connection, broker.host(), broker.port(), true);
    socket.setSSLParameters(
        factory
            .createClientSslEngine(broker.host(), broker.port(), endpointIdentification)
            .getSSLParameters());
    try {
      socket.startHandshake();
    } catch (SSLException e) {
      if (e.getCause() instanceof EOFException || e.getCause() instanceof SocketException) {
        throw (IOException) e.getCause();
      }
      throw e;
    }
    return socket;
  }

  private SSLContext context() {
    return factory instanceof DefaultSslEngineFactory kafka
        ? kafka.sslContext()
        : ((KeyVaultTruststoreInitializer) factory).sslContext();
  }

  @Override
  public void close() throws IOException {
    factory.close();
  }
}

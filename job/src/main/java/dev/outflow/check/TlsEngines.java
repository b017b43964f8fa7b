package dev.outflow.check;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import javax.net.ssl.SSLEngine;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.config.SslConfigs;
import org.apache.kafka.common.security.auth.SslEngineFactory;
import org.apache.kafka.common.security.ssl.DefaultSslEngineFactory;
import org.apache.kafka.common.utils.Utils;

/** Makes the engines that a Kafka client with these properties would. */
record TlsEngines(SslEngineFactory factory, String endpointIdentification)
    implements AutoCloseable {

  /**
   * @throws dev.outflow.secret.SecretException if certificates or keys cannot be used
   */
  static TlsEngines of(Map<String, String> clientProperties) {
    AdminClientConfig config = new AdminClientConfig(new HashMap<>(clientProperties));
    Class<?> own = config.getClass(SslConfigs.SSL_ENGINE_FACTORY_CLASS_CONFIG);
    SslEngineFactory factory =
        own == null ? new DefaultSslEngineFactory() : (SslEngineFactory) Utils.newInstance(own);
    Map<String, Object> all = new HashMap<>(config.originals());
    all.putAll(config.values());
    factory.configure(all);
    return new TlsEngines(
        factory, config.getString(SslConfigs.SSL_ENDPOINT_IDENTIFICATION_ALGORITHM_CONFIG));
  }

  SSLEngine to(BrokerAddress server) {
    return factory.createClientSslEngine(server.host(), server.port(), endpointIdentification);
  }

  @Override
  public void close() throws IOException {
    factory.close();
  }
}

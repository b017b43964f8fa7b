package dev.outflow.sasl;

import java.security.Provider;
import java.security.Security;
import java.util.Map;
import java.util.UUID;
import javax.security.auth.callback.CallbackHandler;
import javax.security.sasl.SaslClient;
import javax.security.sasl.SaslClientFactory;
import javax.security.sasl.SaslException;
import org.apache.kafka.common.security.auth.AuthenticateCallbackHandler;
import org.apache.kafka.common.security.oauthbearer.internals.OAuthBearerSaslClient.OAuthBearerSaslClientFactory;
import org.apache.kafka.common.security.scram.internals.ScramSaslClient.ScramSaslClientFactory;

/**
 * Gives each job the SASL clients of its own class loader.
 *
 * <p>Kafka registers its SASL clients with the JVM, once and for all. Flink loads Kafka again for
 * each job: from the second job on, the JVM would offer the clients of the first, which do not know
 * the second's callback handlers and go away with the first. So each class loader registers its
 * own, ahead of those, and they answer to its own handlers only.
 */
final class IsolatedSaslProvider extends Provider {
  private static final long serialVersionUID = 1;
  private static final String OAUTHBEARER = "OAUTHBEARER";
  private static int users;
  private static IsolatedSaslProvider registered;

  private IsolatedSaslProvider() {
    super("Outflow-" + UUID.randomUUID(), "1", "SASL clients of one class loader's Kafka");
    for (String mechanism : new String[] {"SCRAM-SHA-256", "SCRAM-SHA-512", OAUTHBEARER}) {
      put("SaslClientFactory." + mechanism, Factory.class.getName());
    }
  }

  /** Registers them, unless another client has done so. */
  static synchronized void use() {
    if (users++ == 0) {
      registered = new IsolatedSaslProvider();
      Security.insertProviderAt(registered, 1);
    }
  }

  /** Takes them back when the last client is closed. */
  static synchronized void release() {
    if (--users == 0) {
      Security.removeProvider(registered.getName());
    }
  }

  /** Called by the JVM, which goes on to the next factory when the answer is null. */
  public static final class Factory implements SaslClientFactory {
    @Override
    public SaslClient createSaslClient(
        String[] mechanisms,
        String authorization,
        String protocol,
        String server,
        Map<String, ?> properties,
        CallbackHandler handler)
        throws SaslException {
      if (!(handler instanceof AuthenticateCallbackHandler)) {
        return null;
      }
      SaslClientFactory kafka =
          mechanisms[0].equals(OAUTHBEARER)
              ? new OAuthBearerSaslClientFactory()
              : new ScramSaslClientFactory();
      return kafka.createSaslClient(
          mechanisms, authorization, protocol, server, properties, handler);
    }

    @Override
    public String[] getMechanismNames(Map<String, ?> properties) {
      return new String[] {"SCRAM-SHA-256", "SCRAM-SHA-512", OAUTHBEARER};
    }
  }
}

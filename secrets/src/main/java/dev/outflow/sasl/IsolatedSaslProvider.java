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
 * Registers Kafka's SASL clients once per class loader.
 *
 * <p>Kafka registers its SASL clients with the JVM once. Where Kafka is loaded by several class
 * loaders, as Flink does for each job, the JVM would use the first one's clients for all, which do
 * not accept the others' callback handlers and are unloaded with the first. So each class loader
 * registers its own clients, ahead of those, and they accept its own handlers only.
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

  /** Registers the SASL clients for the first user. */
  static synchronized void acquire() {
    if (users++ == 0) {
      registered = new IsolatedSaslProvider();
      Security.insertProviderAt(registered, 1);
    }
  }

  /** Unregisters them after the last user. */
  static synchronized void release() {
    if (--users == 0) {
      Security.removeProvider(registered.getName());
    }
  }

  /** Called by the JVM, which tries the next factory when this one returns null. */
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

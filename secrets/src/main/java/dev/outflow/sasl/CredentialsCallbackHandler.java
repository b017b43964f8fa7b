package dev.outflow.sasl;

import dev.outflow.reference.DeferredSecrets;
import dev.outflow.reference.ReloadableSecrets;
import java.util.List;
import java.util.Map;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.NameCallback;
import javax.security.auth.callback.PasswordCallback;
import javax.security.auth.callback.UnsupportedCallbackException;
import javax.security.auth.login.AppConfigurationEntry;
import org.apache.kafka.common.security.auth.AuthenticateCallbackHandler;

/**
 * Kafka's {@code sasl.client.callback.handler.class} for PLAIN and SCRAM: gives each new connection
 * the username and password as they are at that time, so that they can change without a restart.
 */
public final class CredentialsCallbackHandler implements AuthenticateCallbackHandler {
  private ReloadableSecrets.Lease<Credentials> credentials;

  /**
   * Reads them for the first time, after 30 s at most.
   *
   * @throws dev.outflow.secret.SecretException if one of them is missing or empty
   */
  @Override
  public void configure(Map<String, ?> client, String mechanism, List<AppConfigurationEntry> jaas) {
    credentials =
        ReloadableSecrets.openAndRead(
            DeferredSecrets.of(client).only(Credentials.PROPERTIES), Credentials::of);
    IsolatedSaslProvider.use();
  }

  /** Answers what the mechanism asks for. */
  @Override
  public void handle(Callback[] questions) throws UnsupportedCallbackException {
    Credentials current = credentials.rotating().current();
    for (Callback question : questions) {
      if (question instanceof NameCallback name) {
        name.setName(current.username());
      } else if (question instanceof PasswordCallback password) {
        password.setPassword(current.password().toCharArray());
      } else {
        throw new UnsupportedCallbackException(question);
      }
    }
  }

  /** Kafka closes what it could not configure, too. */
  @Override
  public void close() {
    if (credentials != null) {
      credentials.close();
      credentials = null;
      IsolatedSaslProvider.release();
    }
  }
}

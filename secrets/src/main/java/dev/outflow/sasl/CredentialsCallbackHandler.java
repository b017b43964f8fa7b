package dev.outflow.sasl;

import java.util.List;
import java.util.Map;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.NameCallback;
import javax.security.auth.callback.PasswordCallback;
import javax.security.auth.callback.UnsupportedCallbackException;
import javax.security.auth.login.AppConfigurationEntry;
import org.apache.kafka.common.security.auth.AuthenticateCallbackHandler;

/**
 * A {@code sasl.client.callback.handler.class} for PLAIN and SCRAM: each new connection uses the
 * current username and password, so that they rotate without a restart.
 *
 * <pre>{@code
 * sasl.mechanism=SCRAM-SHA-512
 * sasl.jaas.config=org.apache.kafka.common.security.scram.ScramLoginModule required;
 * sasl.client.callback.handler.class=dev.outflow.sasl.CredentialsCallbackHandler
 * outflow.username=${keyvault:my-vault:kafka-username}
 * outflow.password=${keyvault:my-vault:kafka-password}
 * }</pre>
 *
 * <p>All properties are listed at {@link dev.outflow.reference.SecretProperties}.
 */
public final class CredentialsCallbackHandler implements AuthenticateCallbackHandler {
  private Credentials.Lease credentials;

  /**
   * Reads the credentials for the first time; waits for at most 30 s.
   *
   * @throws org.apache.kafka.common.config.ConfigException with all missing or invalid properties
   * @throws dev.outflow.secret.SecretException if a secret cannot be read or is empty
   */
  @Override
  public void configure(Map<String, ?> client, String mechanism, List<AppConfigurationEntry> jaas) {
    credentials = Credentials.open(client);
  }

  @Override
  public void handle(Callback[] callbacks) throws UnsupportedCallbackException {
    Credentials current = credentials.current();
    for (Callback callback : callbacks) {
      if (callback instanceof NameCallback name) {
        name.setName(current.username());
      } else if (callback instanceof PasswordCallback password) {
        password.setPassword(current.password().toCharArray());
      } else {
        throw new UnsupportedCallbackException(callback);
      }
    }
  }

  /** Also called by Kafka after {@link #configure} has failed. */
  @Override
  public void close() {
    if (credentials != null) {
      credentials.close();
      credentials = null;
    }
  }
}

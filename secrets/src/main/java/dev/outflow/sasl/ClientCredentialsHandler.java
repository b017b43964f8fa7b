package dev.outflow.sasl;

import dev.outflow.secret.Causes;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.UnsupportedCallbackException;
import javax.security.auth.login.AppConfigurationEntry;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.config.types.Password;
import org.apache.kafka.common.security.auth.AuthenticateCallbackHandler;
import org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginCallbackHandler;
import org.apache.kafka.common.security.oauthbearer.OAuthBearerTokenCallback;

/**
 * A {@code sasl.login.callback.handler.class} for OAUTHBEARER with client credentials (KIP-768,
 * KIP-1139): Kafka's own handler requests each token with the current client id and secret.
 *
 * <pre>{@code
 * sasl.mechanism=OAUTHBEARER
 * sasl.jaas.config=org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule required;
 * sasl.login.callback.handler.class=dev.outflow.sasl.ClientCredentialsHandler
 * sasl.oauthbearer.token.endpoint.url=https://login.example.com/oauth2/token
 * outflow.username=my-client
 * outflow.password=${keyvault:my-vault:client-secret}
 * }</pre>
 *
 * <p>All properties are listed at {@link dev.outflow.reference.SecretProperties}.
 */
public final class ClientCredentialsHandler implements AuthenticateCallbackHandler {
  private Map<String, ?> client;
  private String mechanism;
  private List<AppConfigurationEntry> jaas;
  private Credentials.Lease credentials;

  /**
   * Reads the credentials for the first time; waits for at most 30 s.
   *
   * @throws org.apache.kafka.common.config.ConfigException with all missing or invalid properties
   * @throws dev.outflow.secret.SecretException if a secret cannot be read or is empty
   */
  @Override
  public void configure(Map<String, ?> client, String mechanism, List<AppConfigurationEntry> jaas) {
    this.client = client;
    this.mechanism = mechanism;
    this.jaas = jaas;
    this.credentials = Credentials.open(client);
  }

  /** Requests a token. If the endpoint issues none, the login fails with the reason. */
  @Override
  public void handle(Callback[] callbacks) throws UnsupportedCallbackException {
    Credentials current = credentials.current();
    Map<String, Object> configs = new HashMap<>(client);
    configs.put(SaslConfigs.SASL_OAUTHBEARER_CLIENT_CREDENTIALS_CLIENT_ID, current.username());
    configs.put(
        SaslConfigs.SASL_OAUTHBEARER_CLIENT_CREDENTIALS_CLIENT_SECRET,
        new Password(current.password()));
    OAuthBearerLoginCallbackHandler kafkasHandler = new OAuthBearerLoginCallbackHandler();
    try {
      kafkasHandler.configure(configs, mechanism, jaas);
      kafkasHandler.handle(callbacks);
    } catch (IOException | KafkaException e) {
      reportError(callbacks, e);
    } finally {
      kafkasHandler.close();
    }
  }

  /** Kafka's login module passes on only errors set on the callback, not exceptions. */
  private static void reportError(Callback[] callbacks, Exception failure) {
    String reason = Causes.of(failure).rootMessage();
    for (Callback callback : callbacks) {
      if (callback instanceof OAuthBearerTokenCallback token) {
        token.error("unavailable", "no token issued: " + reason, null);
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

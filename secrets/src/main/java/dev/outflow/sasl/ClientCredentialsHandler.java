package dev.outflow.sasl;

import dev.outflow.reference.DeferredSecrets;
import dev.outflow.reference.ReloadableSecrets;
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
 * Kafka's {@code sasl.login.callback.handler.class} for OAUTHBEARER with client credentials
 * (KIP-768, KIP-1139): Kafka's own handler asks the token endpoint, each time with the client id
 * and secret as they are at that time.
 */
public final class ClientCredentialsHandler implements AuthenticateCallbackHandler {
  private Map<String, ?> client;
  private String mechanism;
  private List<AppConfigurationEntry> jaas;
  private ReloadableSecrets.Lease<Credentials> credentials;

  /**
   * Reads them for the first time, after 30 s at most.
   *
   * @throws dev.outflow.secret.SecretException if one of them is missing or empty
   */
  @Override
  public void configure(Map<String, ?> client, String mechanism, List<AppConfigurationEntry> jaas) {
    this.client = client;
    this.mechanism = mechanism;
    this.jaas = jaas;
    this.credentials =
        ReloadableSecrets.openAndRead(
            DeferredSecrets.of(client).only(Credentials.PROPERTIES), Credentials::of);
    IsolatedSaslProvider.use();
  }

  /** Gets a token. If the endpoint gives none, the login fails and says so. */
  @Override
  public void handle(Callback[] questions) throws UnsupportedCallbackException {
    Credentials current = credentials.rotating().current();
    Map<String, Object> now = new HashMap<>(client);
    now.put(SaslConfigs.SASL_OAUTHBEARER_CLIENT_CREDENTIALS_CLIENT_ID, current.username());
    now.put(
        SaslConfigs.SASL_OAUTHBEARER_CLIENT_CREDENTIALS_CLIENT_SECRET,
        new Password(current.password()));
    OAuthBearerLoginCallbackHandler kafka = new OAuthBearerLoginCallbackHandler();
    try {
      kafka.configure(now, mechanism, jaas);
      kafka.handle(questions);
    } catch (IOException | KafkaException e) {
      refuse(questions, e);
    } finally {
      kafka.close();
    }
  }

  /** Kafka's login module hands on only what is told in this way. */
  private static void refuse(Callback[] questions, Exception failure) {
    String why = Causes.of(failure).rootMessage();
    for (Callback question : questions) {
      if (question instanceof OAuthBearerTokenCallback wanted) {
        wanted.error("unavailable", "it gave no token: " + why, null);
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

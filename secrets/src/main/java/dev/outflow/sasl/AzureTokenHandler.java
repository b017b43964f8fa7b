package dev.outflow.sasl;

import com.azure.core.credential.AccessToken;
import dev.outflow.keyvault.AzureIdentity;
import dev.outflow.reference.DeferredSecrets;
import dev.outflow.secret.SecretException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.UnsupportedCallbackException;
import javax.security.auth.login.AppConfigurationEntry;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.security.auth.AuthenticateCallbackHandler;
import org.apache.kafka.common.security.auth.SaslExtensions;
import org.apache.kafka.common.security.auth.SaslExtensionsCallback;
import org.apache.kafka.common.security.oauthbearer.OAuthBearerToken;
import org.apache.kafka.common.security.oauthbearer.OAuthBearerTokenCallback;

/**
 * Kafka's {@code sasl.login.callback.handler.class} for OAUTHBEARER with an Azure identity: for
 * Event Hubs, without any secret. Kafka asks again before a token expires.
 */
public final class AzureTokenHandler implements AuthenticateCallbackHandler {
  private AzureIdentity identity;
  private String scope;

  /**
   * The scope is {@code oauth-scope} or else that of the first broker, as Event Hubs has it: {@code
   * https://my-namespace.servicebus.windows.net/.default}.
   */
  @Override
  public void configure(Map<String, ?> client, String mechanism, List<AppConfigurationEntry> jaas) {
    identity = AzureIdentity.open(DeferredSecrets.of(client).credential());
    scope =
        scope(
            Optional.ofNullable((String) client.get(SaslConfigs.SASL_OAUTHBEARER_SCOPE)),
            first(client.get(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG)));
    IsolatedSaslProvider.use();
  }

  private static String first(Object servers) {
    return String.valueOf(((List<?>) servers).get(0));
  }

  /**
   * What the token is for.
   *
   * @param written {@code oauth-scope}
   * @param firstServer the first of {@code bootstrap-servers}
   */
  public static String scope(Optional<String> written, String firstServer) {
    return written.orElseGet(
        () ->
            "https://%s/.default"
                .formatted(firstServer.substring(0, firstServer.lastIndexOf(':'))));
  }

  /**
   * Gets a token; waits for 15 s at most. If the identity gives none, the login fails and says so.
   */
  @Override
  public void handle(Callback[] questions) throws UnsupportedCallbackException {
    for (Callback question : questions) {
      if (question instanceof OAuthBearerTokenCallback wanted) {
        answer(wanted);
      } else if (question instanceof SaslExtensionsCallback extensions) {
        extensions.extensions(SaslExtensions.empty());
      } else {
        throw new UnsupportedCallbackException(question);
      }
    }
  }

  private void answer(OAuthBearerTokenCallback wanted) {
    try {
      AccessToken token = identity.token(scope);
      wanted.token(
          new Token(
              token.getToken(),
              token.getExpiresAt().toInstant().toEpochMilli(),
              Instant.now().toEpochMilli(),
              identity.credential().toString()));
    } catch (SecretException e) {
      wanted.error("unavailable", e.explanation(), null);
    }
  }

  /** Kafka closes what it could not configure, too. */
  @Override
  public void close() {
    if (scope != null) {
      scope = null;
      IsolatedSaslProvider.release();
    }
  }

  private record Token(String value, long lifetimeMs, Long startTimeMs, String principalName)
      implements OAuthBearerToken {
    @Override
    public Set<String> scope() {
      return Set.of();
    }

    @Override
    public String toString() {
      return "Token[******]";
    }
  }
}

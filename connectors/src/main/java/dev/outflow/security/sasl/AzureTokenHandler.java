package dev.outflow.security.sasl;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.TokenCredential;
import com.azure.core.credential.TokenRequestContext;
import dev.outflow.keyvault.AzureCredential;
import dev.outflow.secret.DeferredSecrets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
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
  private static final Duration WAIT = Duration.ofSeconds(15);

  private AzureCredential identity;
  private TokenCredential credential;
  private String scope;

  /**
   * The scope is {@code oauth-scope} or else that of the first broker, as Event Hubs has it: {@code
   * https://my-namespace.servicebus.windows.net/.default}.
   */
  @Override
  public void configure(Map<String, ?> client, String mechanism, List<AppConfigurationEntry> jaas) {
    identity = DeferredSecrets.of(client).credential();
    credential = identity.open();
    scope =
        client.get(SaslConfigs.SASL_OAUTHBEARER_SCOPE) instanceof String written
            ? written
            : "https://%s/.default".formatted(firstHost(client));
    OwnSaslClients.use();
  }

  private static String firstHost(Map<String, ?> client) {
    String first =
        String.valueOf(((List<?>) client.get(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG)).get(0));
    return first.substring(0, first.lastIndexOf(':'));
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
      AccessToken token =
          credential.getToken(new TokenRequestContext().addScopes(scope)).block(WAIT);
      wanted.token(
          new Token(
              token.getToken(),
              token.getExpiresAt().toInstant().toEpochMilli(),
              Instant.now().toEpochMilli(),
              identity.toString()));
    } catch (RuntimeException e) {
      wanted.error(
          "unavailable",
          "no Azure identity gives a token for %s (key-vault-credential '%s'): %s"
              .formatted(scope, identity, firstLine(e)),
          null);
    }
  }

  private static String firstLine(RuntimeException failure) {
    return String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
  }

  /** Kafka closes what it could not configure, too. */
  @Override
  public void close() {
    if (scope != null) {
      scope = null;
      OwnSaslClients.release();
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

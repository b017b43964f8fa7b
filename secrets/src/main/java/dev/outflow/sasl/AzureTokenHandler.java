package dev.outflow.sasl;

import com.azure.core.credential.AccessToken;
import dev.outflow.keyvault.AzureIdentity;
import dev.outflow.reference.SecretProperties;
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
 * A {@code sasl.login.callback.handler.class} for OAUTHBEARER with an Azure identity: for Event
 * Hubs without any secret. Kafka renews a token before it expires.
 *
 * <pre>{@code
 * sasl.mechanism=OAUTHBEARER
 * sasl.jaas.config=org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule required;
 * sasl.login.callback.handler.class=dev.outflow.sasl.AzureTokenHandler
 * outflow.key-vault-credential=managed-identity
 * }</pre>
 *
 * <p>The scope of the token is {@code sasl.oauthbearer.scope}; default: that of the Event Hubs
 * namespace of the first bootstrap server.
 */
public final class AzureTokenHandler implements AuthenticateCallbackHandler {
  private AzureIdentity identity;
  private String scope;

  /**
   * Prepares the identity; no token is requested yet.
   *
   * @throws org.apache.kafka.common.config.ConfigException with all invalid properties
   * @throws SecretException if this process lacks the configuration that the credential requires
   */
  @Override
  public void configure(Map<String, ?> client, String mechanism, List<AppConfigurationEntry> jaas) {
    identity = AzureIdentity.of(SecretProperties.of(client, Set.of(), Set.of()).credential());
    scope =
        scope(
            Optional.ofNullable((String) client.get(SaslConfigs.SASL_OAUTHBEARER_SCOPE)),
            first(client.get(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG)));
    IsolatedSaslProvider.acquire();
  }

  private static String first(Object servers) {
    return String.valueOf(((List<?>) servers).get(0));
  }

  /**
   * Returns the scope of the token.
   *
   * @param configured {@code sasl.oauthbearer.scope}
   * @param firstServer the first of {@code bootstrap.servers}, for the default: {@code
   *     https://my-namespace.servicebus.windows.net/.default}
   */
  public static String scope(Optional<String> configured, String firstServer) {
    return configured.orElseGet(
        () ->
            "https://%s/.default"
                .formatted(firstServer.substring(0, firstServer.lastIndexOf(':'))));
  }

  /**
   * Requests a token; waits for at most 15 s. If none is issued, the login fails with the reason.
   */
  @Override
  public void handle(Callback[] callbacks) throws UnsupportedCallbackException {
    for (Callback callback : callbacks) {
      if (callback instanceof OAuthBearerTokenCallback token) {
        handle(token);
      } else if (callback instanceof SaslExtensionsCallback extensions) {
        extensions.extensions(SaslExtensions.empty());
      } else {
        throw new UnsupportedCallbackException(callback);
      }
    }
  }

  private void handle(OAuthBearerTokenCallback callback) {
    try {
      AccessToken token = identity.token(scope);
      callback.token(
          new Token(
              token.getToken(),
              token.getExpiresAt().toInstant().toEpochMilli(),
              Instant.now().toEpochMilli(),
              identity.credential().toString()));
    } catch (SecretException e) {
      callback.error("unavailable", e.explanation(), null);
    }
  }

  /** Also called by Kafka after {@link #configure} has failed. */
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

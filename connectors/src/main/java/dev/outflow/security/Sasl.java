package dev.outflow.security;

import dev.outflow.sasl.AzureTokenHandler;
import dev.outflow.sasl.ClientCredentialsHandler;
import dev.outflow.sasl.CredentialsCallbackHandler;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.SaslConfigs;

/** How a client authenticates by SASL. Contains no secrets: the client reads them at run time. */
public sealed interface Sasl {
  /** Returns the properties of a Kafka client, without secrets. */
  Map<String, String> clientProperties();

  /**
   * Authentication with a username and a password.
   *
   * @param mechanism PLAIN or SCRAM
   */
  record Password(SaslMechanism mechanism) implements Sasl {
    @Override
    public Map<String, String> clientProperties() {
      return properties(
          mechanism,
          SaslConfigs.SASL_CLIENT_CALLBACK_HANDLER_CLASS,
          CredentialsCallbackHandler.class);
    }
  }

  /**
   * Authentication with a token that an OpenID Connect provider issues for a client id and secret.
   *
   * @param tokenEndpoint the provider's URL
   * @param scope the scope of the token, if the provider requires it
   */
  record ClientCredentials(String tokenEndpoint, Optional<String> scope) implements Sasl {
    @Override
    public Map<String, String> clientProperties() {
      Map<String, String> properties = token(ClientCredentialsHandler.class, scope);
      properties.put(SaslConfigs.SASL_OAUTHBEARER_TOKEN_ENDPOINT_URL, tokenEndpoint);
      return properties;
    }
  }

  /**
   * Authentication with a token of the client's Azure identity.
   *
   * @param scope the scope of the token; default: that of the first broker's Event Hubs namespace
   */
  record AzureToken(Optional<String> scope) implements Sasl {
    @Override
    public Map<String, String> clientProperties() {
      return token(AzureTokenHandler.class, scope);
    }
  }

  private static Map<String, String> token(Class<?> handler, Optional<String> scope) {
    Map<String, String> properties =
        properties(
            SaslMechanism.OAUTHBEARER, SaslConfigs.SASL_LOGIN_CALLBACK_HANDLER_CLASS, handler);
    scope.ifPresent(value -> properties.put(SaslConfigs.SASL_OAUTHBEARER_SCOPE, value));
    return properties;
  }

  private static Map<String, String> properties(
      SaslMechanism mechanism, String handlerKey, Class<?> handler) {
    Map<String, String> properties = new HashMap<>();
    properties.put(SaslConfigs.SASL_MECHANISM, mechanism.toString());
    properties.put(SaslConfigs.SASL_JAAS_CONFIG, mechanism.jaas());
    properties.put(handlerKey, handler.getName());
    return properties;
  }
}

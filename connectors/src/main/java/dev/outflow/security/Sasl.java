package dev.outflow.security;

import dev.outflow.sasl.AzureTokenHandler;
import dev.outflow.sasl.ClientCredentialsHandler;
import dev.outflow.sasl.CredentialsCallbackHandler;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.SaslConfigs;

/** How a client says who it is. What proves it is not in here: it is read where the client runs. */
public sealed interface Sasl {
  /** The properties of a Kafka client, without any secret. */
  Map<String, String> clientProperties();

  /**
   * A username and a password.
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
   * A token that an OpenID Connect provider gives for a client id and secret.
   *
   * @param tokenEndpoint the provider's URL
   * @param scope what the token is for, if the provider asks
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
   * A token that Azure gives to the identity as which the client runs.
   *
   * @param scope what the token is for; absent for the Event Hubs namespace of the first broker
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
    scope.ifPresent(it -> properties.put(SaslConfigs.SASL_OAUTHBEARER_SCOPE, it));
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

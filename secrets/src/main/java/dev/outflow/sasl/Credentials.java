package dev.outflow.sasl;

import static dev.outflow.reference.SecretProperties.PASSWORD;
import static dev.outflow.reference.SecretProperties.USERNAME;

import dev.outflow.reference.ReloadableSecrets;
import dev.outflow.reference.SecretProperties;
import java.util.Map;
import java.util.Set;

/** A username and password, or a client id and secret. */
public record Credentials(String username, String password) {
  /** The properties that they are built from. */
  public static final Set<String> PROPERTIES = Set.of(USERNAME, PASSWORD);

  /** Builds them from the values of {@link #PROPERTIES}. */
  public static Credentials of(Map<String, String> secrets) {
    return new Credentials(secrets.get(USERNAME), secrets.get(PASSWORD));
  }

  /**
   * Opens the credentials of a Kafka client and reads them; waits for at most 30 s.
   *
   * @throws org.apache.kafka.common.config.ConfigException with all missing or invalid properties
   * @throws dev.outflow.secret.SecretException if a secret cannot be read or is empty
   */
  static Lease open(Map<String, ?> client) {
    ReloadableSecrets.Lease<Credentials> lease =
        ReloadableSecrets.openAndRead(
            SecretProperties.of(client, PROPERTIES, PROPERTIES), Credentials::of);
    IsolatedSaslProvider.acquire();
    return new Lease(lease);
  }

  @Override
  public String toString() {
    return "Credentials[******]";
  }

  /** The credentials of one callback handler, which closes them once. */
  record Lease(ReloadableSecrets.Lease<Credentials> secrets) implements AutoCloseable {
    Credentials current() {
      return secrets.secret().current();
    }

    @Override
    public void close() {
      secrets.close();
      IsolatedSaslProvider.release();
    }
  }
}

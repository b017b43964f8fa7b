package dev.outflow.kafka;

import static dev.outflow.kafka.option.KafkaOptions.BOOTSTRAP_SERVERS;
import static dev.outflow.kafka.option.KafkaOptions.CONSUMER_GROUP_ID;
import static dev.outflow.kafka.option.KafkaOptions.TOPIC;
import static dev.outflow.security.SecurityOptions.KEYSTORE_CERTIFICATE_CHAIN;
import static dev.outflow.security.SecurityOptions.KEY_VAULT_CREDENTIAL;
import static dev.outflow.security.SecurityOptions.OAUTH_TOKEN_ENDPOINT;
import static dev.outflow.security.SecurityOptions.PASSWORD;
import static dev.outflow.security.SecurityOptions.SASL_MECHANISM;
import static dev.outflow.security.SecurityOptions.SECURITY_PROTOCOL;
import static dev.outflow.security.SecurityOptions.TRUSTSTORE_CERTIFICATES;

import dev.outflow.kafka.broker.BrokerKind;
import dev.outflow.kafka.broker.EventHubs;
import dev.outflow.kafka.broker.Permission;
import dev.outflow.option.OptionProblem;
import dev.outflow.option.Redaction;
import dev.outflow.secret.Causes;
import dev.outflow.secret.SecretException;
import dev.outflow.security.ClientSecurity;
import dev.outflow.security.Sasl;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.Optional;
import javax.security.auth.login.LoginException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.PolicyViolationException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.errors.UnsupportedSaslMechanismException;
import org.apache.kafka.common.errors.UnsupportedVersionException;

/** Explains failures of Kafka clients: the property to change, what is wrong and what to do. */
public final class BrokerFailure {
  private static final String ALERT = "Received fatal alert: ";

  private BrokerFailure() {}

  /**
   * Explains why a request to the brokers of {@code connection} failed.
   *
   * @param topic the topic it was about
   * @param wait how long the client waited for a response
   */
  public static OptionProblem explain(
      Throwable failure, KafkaConnection connection, String topic, Duration wait) {
    Causes causes = Causes.of(failure);
    String servers = connection.bootstrapServers();
    Optional<SecretException> secret = causes.find(SecretException.class);
    if (secret.isPresent() && !secret.get().property().isEmpty()) {
      return new OptionProblem(secret.get().property(), secret.get().explanation());
    }
    if (failure instanceof UnknownTopicOrPartitionException) {
      return new OptionProblem(
          TOPIC.key(),
          "topic '%s' does not exist on %s; create it or correct the name"
              .formatted(topic, servers));
    }
    if (failure instanceof GroupAuthorizationException group) {
      return new OptionProblem(
          CONSUMER_GROUP_ID.key(),
          "not authorized to describe group '%s' on %s; %s"
              .formatted(
                  group.groupId(), servers, connection.kind().remedy(Permission.DESCRIBE_GROUP)));
    }
    if (failure instanceof AuthorizationException) {
      return new OptionProblem(
          TOPIC.key(),
          "not authorized to describe it on %s; %s"
              .formatted(servers, connection.kind().remedy(Permission.DESCRIBE_TOPIC)));
    }
    if (failure instanceof PolicyViolationException) {
      return new OptionProblem(TOPIC.key(), policyViolation(failure.getMessage(), servers));
    }
    if (failure instanceof UnsupportedSaslMechanismException) {
      return new OptionProblem(
          SASL_MECHANISM.key(),
          "is not supported by %s: %s".formatted(servers, failure.getMessage()));
    }
    if (failure instanceof SaslAuthenticationException) {
      return rejectedLogin(connection, failure);
    }
    Optional<LoginException> login = causes.find(LoginException.class);
    if (login.isPresent()) {
      return new OptionProblem(tokenProvider(connection), firstLine(login.get()));
    }
    if (failure instanceof SslAuthenticationException) {
      return failedHandshake(causes, connection);
    }
    if (failure instanceof TimeoutException) {
      return new OptionProblem(
          BOOTSTRAP_SERVERS.key(),
          "no Kafka broker responded at %s within %d s; check that it is running and reachable from here, and that this port uses this 'security-protocol'"
              .formatted(servers, wait.toSeconds()));
    }
    return new OptionProblem(
        BOOTSTRAP_SERVERS.key(),
        "%s: %s"
            .formatted(servers, Redaction.withoutValues(causes.rootMessage(), connection.kafka())));
  }

  /**
   * Returns in one sentence why a task's request to brokers failed.
   *
   * @param failure as Kafka's client throws it, or its cause
   */
  public static String summarize(Throwable failure, String bootstrapServers) {
    return reason(failure, bootstrapServers)
        .orElseGet(
            () ->
                "%s does not respond: %s"
                    .formatted(bootstrapServers, Causes.of(failure).rootMessage()));
  }

  /**
   * Like {@link #summarize}, but empty if the failure is not about credentials, permissions,
   * secrets, policies or versions.
   */
  public static Optional<String> reason(Throwable failure, String bootstrapServers) {
    Causes causes = Causes.of(failure);
    String reason = causes.rootMessage();
    if (causes.find(AuthenticationException.class).isPresent()) {
      return Optional.of("%s rejected the credentials: %s".formatted(bootstrapServers, reason));
    }
    if (causes.find(AuthorizationException.class).isPresent()) {
      return Optional.of("%s denies a request: %s".formatted(bootstrapServers, reason));
    }
    if (causes.find(PolicyViolationException.class).isPresent()) {
      return Optional.of(policyViolation(reason, bootstrapServers));
    }
    if (causes.find(UnsupportedVersionException.class).isPresent()) {
      return Optional.of("%s does not support a request: %s".formatted(bootstrapServers, reason));
    }
    return causes
        .find(SecretException.class)
        .map(secret -> "cannot connect to %s: %s".formatted(bootstrapServers, reason));
  }

  /** Event Hubs reports exceeded throughput as a policy violation, not as a throttled request. */
  private static String policyViolation(String reason, String bootstrapServers) {
    return BrokerKind.of(bootstrapServers) instanceof EventHubs
        ? "%s rejected the request because the namespace exceeds its throughput (%s); add throughput units, or processing units in the Premium tier"
            .formatted(bootstrapServers, reason)
        : "a policy of %s rejected the request (%s)".formatted(bootstrapServers, reason);
  }

  private static OptionProblem rejectedLogin(KafkaConnection connection, Throwable failure) {
    boolean usesPassword =
        connection.security().authentication().filter(Sasl.Password.class::isInstance).isPresent();
    return usesPassword
        ? new OptionProblem(
            PASSWORD.key(),
            (connection.kind() instanceof EventHubs
                    ? "%s rejected the connection string (%s); copy a current one from the namespace's or event hub's shared access policies"
                    : "%s rejected the username or password (%s)")
                .formatted(connection.bootstrapServers(), failure.getMessage()))
        : new OptionProblem(
            SASL_MECHANISM.key(),
            "%s rejected the credentials (%s)"
                .formatted(connection.bootstrapServers(), failure.getMessage()));
  }

  /** Returns the property that selects where tokens come from. */
  private static String tokenProvider(KafkaConnection connection) {
    Optional<Sasl> sasl = connection.security().authentication();
    if (sasl.filter(Sasl.ClientCredentials.class::isInstance).isPresent()) {
      return OAUTH_TOKEN_ENDPOINT.key();
    }
    return sasl.filter(Sasl.AzureToken.class::isInstance).isPresent()
        ? KEY_VAULT_CREDENTIAL.key()
        : SASL_MECHANISM.key();
  }

  /** Java's LoginContext puts a whole stack trace into its message. */
  private static String firstLine(Throwable failure) {
    return String.valueOf(failure.getMessage()).lines().findFirst().orElse("login failed");
  }

  private static OptionProblem failedHandshake(Causes causes, KafkaConnection connection) {
    Optional<CertificateException> untrusted = causes.find(CertificateException.class);
    if (untrusted.isPresent()) {
      return new OptionProblem(TRUSTSTORE_CERTIFICATES.key(), untrusted.get().getMessage());
    }
    String message = causes.rootMessage();
    if (!message.startsWith(ALERT)) {
      return new OptionProblem(
          SECURITY_PROTOCOL.key(),
          "the TLS handshake with %s failed (%s); check that this is the port of a TLS listener"
              .formatted(connection.bootstrapServers(), message));
    }
    String alert = message.substring(ALERT.length());
    if (!alert.matches(".*(certificate|unknown_ca|access_denied|handshake_failure).*")) {
      return new OptionProblem(
          SECURITY_PROTOCOL.key(),
          "the TLS handshake with %s failed (TLS alert: %s)"
              .formatted(connection.bootstrapServers(), alert));
    }
    boolean hasClientCertificate =
        connection.security() instanceof ClientSecurity.Mtls
            || connection.security().clientProperties().keySet().stream()
                .anyMatch(key -> key.endsWith(KEYSTORE_CERTIFICATE_CHAIN.key()));
    return hasClientCertificate
        ? new OptionProblem(
            KEYSTORE_CERTIFICATE_CHAIN.key(),
            "%s rejected the client certificate (TLS alert: %s); check that it is valid and that the broker trusts its CA"
                .formatted(connection.bootstrapServers(), alert))
        : new OptionProblem(
            SECURITY_PROTOCOL.key(),
            "%s requires a client certificate (TLS alert: %s); set 'keystore-certificate-chain' and 'keystore-key'"
                .formatted(connection.bootstrapServers(), alert));
  }
}

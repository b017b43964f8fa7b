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
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.errors.UnsupportedSaslMechanismException;

/** What a Kafka client fails with, at the property that it is about, with what to do. */
public final class BrokerFailure {
  private static final String ALERT = "Received fatal alert: ";

  private BrokerFailure() {}

  /**
   * Explains it.
   *
   * @param topic that was asked about
   * @param wait how long was waited for the answer
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
          "there is no topic '%s' on %s; create it, or correct the name".formatted(topic, servers));
    }
    if (failure instanceof GroupAuthorizationException group) {
      return new OptionProblem(
          CONSUMER_GROUP_ID.key(),
          "the group '%s' may not be described on %s; allow DESCRIBE on it"
              .formatted(group.groupId(), servers));
    }
    if (failure instanceof AuthorizationException) {
      return new OptionProblem(
          TOPIC.key(), "may not be described on %s; allow DESCRIBE on it".formatted(servers));
    }
    if (failure instanceof UnsupportedSaslMechanismException) {
      return new OptionProblem(
          SASL_MECHANISM.key(),
          "is not offered by %s: %s".formatted(servers, failure.getMessage()));
    }
    if (failure instanceof SaslAuthenticationException) {
      return refused(connection, failure);
    }
    Optional<LoginException> login = causes.find(LoginException.class);
    if (login.isPresent()) {
      return new OptionProblem(asked(connection), firstLine(login.get()));
    }
    if (failure instanceof SslAuthenticationException) {
      return tls(causes, connection);
    }
    if (failure instanceof TimeoutException) {
      return new OptionProblem(
          BOOTSTRAP_SERVERS.key(),
          "no Kafka broker answered at %s within %d s; is it running, reachable from here, and speaking the 'security-protocol' of this port?"
              .formatted(servers, wait.toSeconds()));
    }
    return new OptionProblem(
        BOOTSTRAP_SERVERS.key(),
        "%s: %s"
            .formatted(servers, Redaction.withoutValues(causes.rootMessage(), connection.kafka())));
  }

  private static OptionProblem refused(KafkaConnection connection, Throwable failure) {
    boolean byPassword =
        connection.security().authentication().filter(Sasl.Password.class::isInstance).isPresent();
    return byPassword
        ? new OptionProblem(
            PASSWORD.key(),
            "%s refuses username and password (%s)"
                .formatted(connection.bootstrapServers(), failure.getMessage()))
        : new OptionProblem(
            SASL_MECHANISM.key(),
            "%s refuses what it was shown (%s)"
                .formatted(connection.bootstrapServers(), failure.getMessage()));
  }

  /** The property that decides who gives tokens. */
  private static String asked(KafkaConnection connection) {
    Optional<Sasl> sasl = connection.security().authentication();
    if (sasl.filter(Sasl.ClientCredentials.class::isInstance).isPresent()) {
      return OAUTH_TOKEN_ENDPOINT.key();
    }
    return sasl.filter(Sasl.AzureToken.class::isInstance).isPresent()
        ? KEY_VAULT_CREDENTIAL.key()
        : SASL_MECHANISM.key();
  }

  /** Java's LoginContext puts a whole stack trace into a message. */
  private static String firstLine(Throwable failure) {
    return String.valueOf(failure.getMessage()).lines().findFirst().orElse("no login");
  }

  private static OptionProblem tls(Causes causes, KafkaConnection connection) {
    Optional<CertificateException> untrusted = causes.find(CertificateException.class);
    if (untrusted.isPresent()) {
      return new OptionProblem(TRUSTSTORE_CERTIFICATES.key(), untrusted.get().getMessage());
    }
    String told = causes.rootMessage();
    if (!told.startsWith(ALERT)) {
      return new OptionProblem(
          SECURITY_PROTOCOL.key(),
          "%s does not speak TLS as expected (%s); is it the right port?"
              .formatted(connection.bootstrapServers(), told));
    }
    String alert = told.substring(ALERT.length());
    if (!alert.matches(".*(certificate|unknown_ca|access_denied|handshake_failure).*")) {
      return new OptionProblem(
          SECURITY_PROTOCOL.key(),
          "%s and this client cannot agree on TLS (TLS alert: %s)"
              .formatted(connection.bootstrapServers(), alert));
    }
    boolean withIdentity =
        connection.security() instanceof ClientSecurity.Mtls
            || connection.security().clientProperties().keySet().stream()
                .anyMatch(key -> key.endsWith(KEYSTORE_CERTIFICATE_CHAIN.key()));
    return withIdentity
        ? new OptionProblem(
            KEYSTORE_CERTIFICATE_CHAIN.key(),
            "%s refuses the client certificate (TLS alert: %s); does the broker trust who signed it, and is it valid?"
                .formatted(connection.bootstrapServers(), alert))
        : new OptionProblem(
            SECURITY_PROTOCOL.key(),
            "%s asks for a client certificate (TLS alert: %s); set 'keystore-certificate-chain' and 'keystore-key'"
                .formatted(connection.bootstrapServers(), alert));
  }
}

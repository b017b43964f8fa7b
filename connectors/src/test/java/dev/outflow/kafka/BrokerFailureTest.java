package dev.outflow.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outflow.keyvault.AzureCredential;
import dev.outflow.reference.SecretProperties;
import dev.outflow.secret.SecretException;
import dev.outflow.security.ClientSecurity;
import dev.outflow.security.Sasl;
import dev.outflow.security.SaslMechanism;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.PolicyViolationException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnsupportedVersionException;
import org.junit.jupiter.api.Test;

class BrokerFailureTest {
  private static final String NAMESPACE = "ns.servicebus.windows.net:9093";
  private static final ClientSecurity PASSWORD =
      new ClientSecurity.SaslSsl(
          new Sasl.Password(SaslMechanism.PLAIN),
          new SecretProperties(Map.of(), AzureCredential.DEFAULT, Duration.ofMinutes(5)));

  @Test
  void namesRolesOfEventHubsInsteadOfPermissions() {
    assertThat(explain(NAMESPACE, GroupAuthorizationException.forGroupId("g")))
        .isEqualTo(
            "consumer-group-id: not authorized to describe group 'g' on ns.servicebus.windows.net:9093; assign the role 'Azure Event Hubs Data Receiver', or use a connection string with the Listen claim");
    assertThat(explain("kafka:9092", GroupAuthorizationException.forGroupId("g")))
        .isEqualTo(
            "consumer-group-id: not authorized to describe group 'g' on kafka:9092; allow DESCRIBE on it");
    assertThat(explain("kafka:9092", new TopicAuthorizationException("t")))
        .isEqualTo("topic: not authorized to describe it on kafka:9092; allow DESCRIBE on it");
  }

  @Test
  void tellsRejectedConnectionStringFromRejectedPassword() {
    SaslAuthenticationException rejected = new SaslAuthenticationException("Authentication failed");
    assertThat(explain(connection(NAMESPACE, PASSWORD), rejected))
        .isEqualTo(
            "password: ns.servicebus.windows.net:9093 rejected the connection string (Authentication failed); copy a current one from the namespace's or event hub's shared access policies");
    assertThat(explain(connection("kafka:9092", PASSWORD), rejected))
        .isEqualTo(
            "password: kafka:9092 rejected the username or password (Authentication failed)");
  }

  @Test
  void explainsPolicyViolationByThroughput() {
    assertThat(explain(NAMESPACE, new PolicyViolationException("policy")))
        .isEqualTo(
            "topic: ns.servicebus.windows.net:9093 rejected the request because the namespace exceeds its throughput (policy); add throughput units, or processing units in the Premium tier");
    assertThat(explain("kafka:9092", new PolicyViolationException("policy")))
        .isEqualTo("topic: a policy of kafka:9092 rejected the request (policy)");
  }

  @Test
  void summarizesWhyATaskCannotStart() {
    assertThat(summarize(new SaslAuthenticationException("Authentication failed")))
        .isEqualTo("kafka:9092 rejected the credentials: Authentication failed");
    assertThat(summarize(new TopicAuthorizationException("not authorized")))
        .isEqualTo("kafka:9092 denies a request: not authorized");
    assertThat(summarize(new UnsupportedVersionException("no such request")))
        .isEqualTo("kafka:9092 does not support a request: no such request");
    assertThat(summarize(new SecretException("secret 'a' not found")))
        .isEqualTo("cannot connect to kafka:9092: secret 'a' not found");
    assertThat(summarize(new TimeoutException("timed out")))
        .isEqualTo("kafka:9092 does not respond: timed out");
  }

  private static String summarize(Throwable failure) {
    return BrokerFailure.summarize(new ExecutionException(failure), "kafka:9092");
  }

  private static String explain(String bootstrapServers, Throwable failure) {
    return explain(connection(bootstrapServers, new ClientSecurity.None()), failure);
  }

  private static KafkaConnection connection(String bootstrapServers, ClientSecurity security) {
    return new KafkaConnection(bootstrapServers, security, AzureCredential.DEFAULT, Map.of());
  }

  private static String explain(KafkaConnection connection, Throwable failure) {
    return BrokerFailure.explain(failure, connection, "orders", Duration.ofSeconds(5)).toString();
  }
}

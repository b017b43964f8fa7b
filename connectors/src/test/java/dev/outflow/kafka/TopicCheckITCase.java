package dev.outflow.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.outflow.embedded.EmbeddedKafka;
import dev.outflow.embedded.KafkaExtension;
import dev.outflow.embedded.TestTopic;
import dev.outflow.keyvault.AzureCredential;
import dev.outflow.option.InvalidOptionsException;
import dev.outflow.option.OptionProblem;
import dev.outflow.security.ClientSecurity;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.apache.kafka.clients.admin.TopicDescription;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(KafkaExtension.class)
class TopicCheckITCase {
  private static final Duration WAIT = Duration.ofSeconds(2);

  @Test
  void describesAnExistingTopic(EmbeddedKafka kafka) throws Exception {
    TestTopic topic = TestTopic.create(kafka, 1);

    assertThat(describe(kafka.bootstrapServers(), topic.name()).partitions()).hasSize(1);
  }

  @Test
  void reportsAMissingTopicAndDoesNotCreateIt(EmbeddedKafka kafka) {
    for (int time = 0; time < 2; time++) {
      assertThat(problem(kafka.bootstrapServers(), "absent"))
          .isEqualTo(
              new OptionProblem(
                  "topic",
                  "topic 'absent' does not exist on %s; create it or correct the name"
                      .formatted(kafka.bootstrapServers())));
    }
  }

  @Test
  void givesUpOnASilentBrokerWhenTheWaitIsOver() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String address = "localhost:" + silent.getLocalPort();
      Instant begin = Instant.now();

      assertThat(problem(address, "orders"))
          .isEqualTo(
              new OptionProblem(
                  "bootstrap-servers",
                  ("no Kafka broker responded at %s within 2 s; check that it is running and"
                          + " reachable from here, and that this port uses this 'security-protocol'")
                      .formatted(address)));
      assertThat(Duration.between(begin, Instant.now())).isLessThan(Duration.ofSeconds(15));
    }
  }

  @Test
  void reportsAHostThatCannotBeResolved() {
    assertThat(problem("no-such-host.invalid:9092", "orders").toString())
        .startsWith("bootstrap-servers: no-such-host.invalid:9092: No resolvable bootstrap urls");
  }

  private static OptionProblem problem(String bootstrapServers, String topic) {
    InvalidOptionsException failure =
        catchThrowableOfType(
            InvalidOptionsException.class, () -> describe(bootstrapServers, topic));
    assertThat(failure.problems()).hasSize(1);
    return failure.problems().get(0);
  }

  private static TopicDescription describe(String bootstrapServers, String topic) {
    KafkaConnection connection =
        new KafkaConnection(
            bootstrapServers, new ClientSecurity.None(), AzureCredential.DEFAULT, Map.of());
    return TopicCheck.ask(connection, topic, WAIT, (admin, description) -> description);
  }
}

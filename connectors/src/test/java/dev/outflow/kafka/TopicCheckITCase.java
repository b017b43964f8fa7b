package dev.outflow.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outflow.embedded.EmbeddedKafka;
import dev.outflow.embedded.KafkaExtension;
import dev.outflow.embedded.TestTopic;
import dev.outflow.keyvault.AzureCredential;
import dev.outflow.option.OptionProblem;
import dev.outflow.security.ClientSecurity;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(KafkaExtension.class)
class TopicCheckITCase {
  private static final Duration WAIT = Duration.ofSeconds(2);

  @Test
  void findsATopicThatIsThere(EmbeddedKafka kafka) throws Exception {
    TestTopic topic = TestTopic.create(kafka, 1);

    assertThat(TopicCheck.check(connection(kafka.bootstrapServers()), topic.name(), WAIT))
        .isEmpty();
  }

  @Test
  void namesATopicThatIsMissingAndDoesNotCreateIt(EmbeddedKafka kafka) {
    OptionProblem expected =
        new OptionProblem(
            "topic",
            "topic 'absent' does not exist on %s; create it or correct the name"
                .formatted(kafka.bootstrapServers()));

    assertThat(TopicCheck.check(connection(kafka.bootstrapServers()), "absent", WAIT))
        .contains(expected);
    assertThat(TopicCheck.check(connection(kafka.bootstrapServers()), "absent", WAIT))
        .contains(expected);
  }

  @Test
  void waitsForASilentBrokerNoLongerThanItIsTold() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String address = "localhost:" + silent.getLocalPort();
      Instant begin = Instant.now();

      assertThat(TopicCheck.check(connection(address), "orders", WAIT))
          .contains(
              new OptionProblem(
                  "bootstrap-servers",
                  ("no Kafka broker responded at %s within 2 s; is it running, reachable from here,"
                          + " and speaking the 'security-protocol' of this port?")
                      .formatted(address)));
      assertThat(Duration.between(begin, Instant.now())).isLessThan(Duration.ofSeconds(6));
    }
  }

  @Test
  void namesAHostThatDoesNotExist() {
    assertThat(TopicCheck.check(connection("no-such-host.invalid:9092"), "orders", WAIT))
        .get()
        .extracting(OptionProblem::toString)
        .asString()
        .startsWith("bootstrap-servers: no-such-host.invalid:9092: No resolvable bootstrap urls");
  }

  private static KafkaConnection connection(String bootstrapServers) {
    return new KafkaConnection(
        bootstrapServers, new ClientSecurity.None(), AzureCredential.DEFAULT, Map.of());
  }
}
